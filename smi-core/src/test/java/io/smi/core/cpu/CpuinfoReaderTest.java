package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.cpu.CpuinfoReader.Identity;
import io.smi.core.kernel.Cursor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuinfoReaderTest {
    private static final String EPYC = """
            processor\t: 0
            vendor_id\t: AuthenticAMD
            cpu family\t: 25
            model\t\t: 1
            model name\t: AMD EPYC 7763 64-Core Processor               \s
            cpu MHz\t\t: 2445.404
            cpuid level\t: 16
            flags\t\t: fpu vme de pse tsc msr pae syscall nx lm constant_tsc
            power management: ts ttp tm hwpstate cpb eff_freq_ro [13] [14]

            """;

    @Test
    void x86NamesItself() {
        assertThat(parse(EPYC)).isEqualTo(new Identity("AMD EPYC 7763 64-Core Processor", "AMD", "x86_64"));
    }

    @ParameterizedTest
    @CsvSource({
        "GenuineIntel, Intel",
        "AuthenticAMD, AMD",
        "HygonGenuine, Hygon",
        "CentaurHauls, Zhaoxin",
        "'  Shanghai  ', Zhaoxin",
        "GenuineTMx86, GenuineTMx86"
    })
    void makersOfX86HaveBetterNames(String id, String vendor) {
        assertThat(parse("vendor_id\t: " + id + "\n").vendor()).isEqualTo(vendor);
    }

    @Test
    void whatTheKernelCallsItselfGoesFirst() {
        Identity identity = CpuinfoReader.parse(Cursor.of(EPYC), "i686", null);
        assertThat(identity.architecture()).isEqualTo("i686");
    }

    @Test
    void aProcessorWithoutNameHasNone() {
        assertThat(parse("vendor_id\t: GenuineIntel\nmodel name\t: unknown\nflags\t\t: fpu vme\n"))
                .isEqualTo(new Identity(null, "Intel", null));
    }

    @Test
    void armIsNamedByPartTheFastestFirst() {
        assertThat(parse(arm("0x41", "0xd05", "0xd05", "0xd0b", "0xd0b")))
                .isEqualTo(new Identity("Cortex-A76 + Cortex-A55", "ARM", "aarch64"));
    }

    @ParameterizedTest
    @CsvSource({
        "0x41, 0xd08, Cortex-A72, ARM",
        "0x41, 0xd0c, Neoverse-N1, ARM",
        "0x41, 0xd4f, Neoverse-V2, ARM",
        "0xc0, 0xac3, AmpereOne, Ampere",
        "0x51, 0x001, Oryon, Qualcomm",
        "0x46, 0x001, A64FX, Fujitsu"
    })
    void armServersAndBoards(String implementer, String part, String model, String vendor) {
        assertThat(parse(arm(implementer, part))).isEqualTo(new Identity(model, vendor, "aarch64"));
    }

    @Test
    void bothKindsOfCoreOfAnAppleBelongToOneProcessor() {
        assertThat(parse(arm("0x61", "0x022", "0x023"))).isEqualTo(new Identity("Apple M1", "Apple", "aarch64"));
    }

    @Test
    void aPartThatIsNotKnownIsNamedByTheDeviceTree() {
        Identity identity =
                CpuinfoReader.parse(Cursor.of(arm("0x41", "0xd05", "0xfff")), "aarch64", "arm,cortex-z99\0arm,armv9");
        assertThat(identity).isEqualTo(new Identity("arm,cortex-z99", "ARM", "aarch64"));
        assertThat(parse(arm("0x41", "0xd05", "0xfff")).model()).isNull();
    }

    @Test
    void a32BitKernelOnArm() {
        assertThat(parse("""
                processor\t: 0
                model name\t: ARMv7 Processor rev 3 (v7l)
                Features\t: half thumb fastmult vfp edsp neon vfpv3
                CPU implementer\t: 0x41
                CPU architecture: 7
                CPU variant\t: 0x0
                CPU part\t: 0xd08
                CPU revision\t: 3

                Hardware\t: BCM2711
                Model\t\t: Raspberry Pi 4 Model B Rev 1.4
                """)).isEqualTo(new Identity("Cortex-A72", "ARM", null));
    }

    @Test
    void riscV() {
        assertThat(parse("""
                processor\t: 0
                hart\t\t: 1
                isa\t\t: rv64imafdc_zicntr_zicsr
                mmu\t\t: sv39
                uarch\t\t: sifive,u74-mc
                """)).isEqualTo(new Identity("sifive,u74-mc", "SiFive", "riscv64"));
    }

    @Test
    void power() {
        Identity identity = CpuinfoReader.parse(
                Cursor.of("processor\t: 0\ncpu\t\t: POWER9 (raw), altivec supported\nclock\t\t: 3800.000000MHz\n"),
                "ppc64le",
                null);
        assertThat(identity).isEqualTo(new Identity("POWER9 (raw)", "IBM", "ppc64le"));
    }

    @Test
    void mainframe() {
        assertThat(parse("""
                vendor_id       : IBM/S390
                # processors    : 2
                processor 0: version = FF,  identification = 1A4F68,  machine = 3931
                """)).isEqualTo(new Identity("IBM 3931", "IBM", "s390x"));
    }

    @Test
    void loongson() {
        assertThat(parse("""
                system type\t\t: generic-loongson-machine

                processor\t\t: 0
                CPU Family\t\t: Loongson-64bit
                Model Name\t\t: Loongson-3A5000-LL
                """).model()).isEqualTo("Loongson-3A5000-LL");
    }

    @Test
    void aNameCutShortIsNoName() {
        for (int length = 0; length < EPYC.length(); length++) {
            assertThat(parse(EPYC.substring(0, length)).model()).isIn(null, "AMD EPYC 7763 64-Core Processor");
            assertThat(parse(EPYC.substring(0, length)).vendor()).isIn(null, "AMD");
        }
    }

    @Test
    void readsTheKernelsNameOfTheArchitectureAndTheDeviceTree(@TempDir Path folder) throws IOException {
        Tree tree = new Tree(folder)
                .proc("cpuinfo", "processor\t: 0\nhart\t\t: 0\n")
                .proc("sys/kernel/arch", "riscv64\n")
                .sys("firmware/devicetree/base/cpus/cpu@0/compatible", "spacemit,x60\0riscv\0");
        assertThat(new CpuinfoReader(tree.roots()).read(new Problems()))
                .isEqualTo(new Identity("spacemit,x60", "SpacemiT", "riscv64"));
    }

    @Test
    void aNameOfTheArchitectureCutShortIsNone(@TempDir Path folder) throws IOException {
        Tree tree = new Tree(folder).proc("cpuinfo", EPYC).proc("sys/kernel/arch", "x86");
        assertThat(new CpuinfoReader(tree.roots()).read(new Problems()))
                .extracting(Identity::architecture)
                .isEqualTo("x86_64");
    }

    @Test
    void aProblemIsToldAtEveryReading(@TempDir Path folder) throws IOException {
        Tree tree = new Tree(folder).proc("cpuinfo", EPYC).proc("sys/kernel/arch/is-a-folder", "");
        CpuinfoReader reader = new CpuinfoReader(tree.roots());
        for (int i = 0; i < 2; i++) {
            Problems problems = new Problems();
            assertThat(reader.read(problems)).extracting(Identity::architecture).isEqualTo("x86_64");
            assertThat(problems.list()).hasSize(1);
        }
    }

    /** As arm64 prints it. */
    private static String arm(String implementer, String... parts) {
        StringBuilder text = new StringBuilder();
        for (int cpu = 0; cpu < parts.length; cpu++) {
            text.append("processor\t: ")
                    .append(cpu)
                    .append("\nBogoMIPS\t: 48.00\nFeatures\t: fp asimd evtstrm crc32\n");
            text.append("CPU implementer\t: ")
                    .append(implementer)
                    .append("\nCPU architecture: 8\nCPU variant\t: 0x1\n");
            text.append("CPU part\t: ").append(parts[cpu]).append("\nCPU revision\t: 0\n\n");
        }
        return text.toString();
    }

    private static Identity parse(String text) {
        return CpuinfoReader.parse(Cursor.of(text), null, null);
    }
}
