package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualizationReaderTest {
    private static final String REAL_CPU = "processor\t: 0\nflags\t\t: fpu vme rdrand lahf_lm\n";
    private static final String VIRTUAL_CPU = "processor\t: 0\nflags\t\t: fpu vme rdrand hypervisor lahf_lm\n";
    private static final String CLOCKS = "sys/devices/system/clocksource/clocksource0/available_clocksource";

    @TempDir
    private Path folder;

    private FileTree tree;

    @BeforeEach
    void aKernel() {
        tree = new FileTree(folder).file("proc/sys/kernel/osrelease", "6.12.0-amd64\n");
    }

    @ParameterizedTest
    @CsvSource({
        "product_name, KVM, kvm",
        "product_name, KubeVirt, kvm",
        "product_name, OpenStack Nova, kvm",
        "product_name, Google Compute Engine, google",
        "product_name, 'VMware Virtual Platform', vmware",
        "product_name, VirtualBox, oracle",
        "product_name, Apple Virtualization Generic Platform, apple",
        "sys_vendor, 'VMware, Inc.', vmware",
        "sys_vendor, QEMU, qemu",
        "sys_vendor, Xen, xen",
        "sys_vendor, innotek GmbH, oracle",
        "sys_vendor, Amazon EC2, amazon",
        "sys_vendor, Parallels Software International Inc., parallels",
        "bios_vendor, BHYVE, bhyve",
        "bios_vendor, Bochs, bochs",
    })
    void firmwareTellsWhoMadeTheMachine(String field, String text, String expected) throws IOException {
        tree.file("proc/cpuinfo", VIRTUAL_CPU).file("sys/class/dmi/id/" + field, text + "\n");
        assertThat(virtualization()).isEqualTo(expected);
    }

    @Test
    void microsoftMakesTabletsToo() throws IOException {
        tree.file("proc/cpuinfo", REAL_CPU)
                .file("sys/class/dmi/id/sys_vendor", "Microsoft Corporation\n")
                .file("sys/class/dmi/id/product_name", "Surface Pro 9\n");
        assertThat(virtualization()).isEqualTo("none");
        tree.file("sys/class/dmi/id/product_name", "Virtual Machine\n");
        assertThat(virtualization()).isEqualTo("microsoft");
    }

    @Test
    void oracleMakesServersToo() throws IOException {
        tree.file("proc/cpuinfo", REAL_CPU)
                .file("sys/class/dmi/id/sys_vendor", "Oracle Corporation\n")
                .file("sys/class/dmi/id/product_name", "ORACLE SERVER X9-2\n");
        assertThat(virtualization()).isEqualTo("none");
    }

    @Test
    void amazonLetsWholeMachines() throws IOException {
        tree.file("sys/class/dmi/id/sys_vendor", "Amazon EC2\n").file("sys/class/dmi/id/product_name", "c7g.metal\n");
        assertThat(virtualization()).isEqualTo("none");
        tree.file("sys/class/dmi/id/product_name", "c7g.large\n");
        assertThat(virtualization()).isEqualTo("amazon");
        tree.file("proc/cpuinfo", REAL_CPU);
        assertThat(virtualization()).isEqualTo("none");
    }

    @Test
    void theClockOfKvmTellsItFromPlainQemuAndWithoutDmi() throws IOException {
        tree.file("proc/cpuinfo", VIRTUAL_CPU).file(CLOCKS, "tsc kvm-clock acpi_pm \n");
        assertThat(virtualization()).isEqualTo("kvm");
        tree.file("sys/class/dmi/id/sys_vendor", "QEMU\n");
        assertThat(virtualization()).isEqualTo("kvm");
        tree.file(CLOCKS, "tsc acpi_pm \n");
        assertThat(virtualization()).isEqualTo("qemu");
    }

    @Test
    void hyperVHasAClockThatQemuCanImitate() throws IOException {
        tree.file("proc/cpuinfo", VIRTUAL_CPU).file(CLOCKS, "hyperv_clocksource_tsc_page acpi_pm \n");
        assertThat(virtualization()).isEqualTo("microsoft");
        tree.file("sys/class/dmi/id/sys_vendor", "QEMU\n");
        assertThat(virtualization()).isEqualTo("qemu");
    }

    @Test
    void theFirstDomainOfXenIsNoGuest() throws IOException {
        tree.file("proc/cpuinfo", VIRTUAL_CPU).file("sys/hypervisor/type", "xen\n");
        assertThat(virtualization()).isEqualTo("xen");
        tree.file("sys/hypervisor/properties/features", "000002f5\n");
        assertThat(virtualization()).isEqualTo("xen");
        tree.file("sys/hypervisor/properties/features", "00000af5\n");
        assertThat(virtualization()).isEqualTo("none");
        tree.delete("sys/hypervisor/properties/features");
        tree.file("proc/xen/capabilities", "control_d\n");
        assertThat(virtualization()).isEqualTo("none");
    }

    @Test
    void featuresOfXenThatAreGarbageAreTold() throws IOException {
        tree.file("sys/hypervisor/type", "xen\n").file("sys/hypervisor/properties/features", "garbage\n");
        Problems problems = new Problems();
        assertThat(new VirtualizationReader(tree.roots()).read(problems)).isEqualTo("xen");
        assertThat(problems.list()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "hypervisor/compatible, 'linux,kvm', kvm",
        "hypervisor/compatible, 'xen,xen-4.17', xen",
        "hypervisor/compatible, acme, vm-other",
        "fw-cfg@9020000/compatible, 'qemu,fw-cfg-mmio', qemu",
        "compatible, 'linux,dummy-virt', vm-other",
        "compatible, 'raspberrypi,5-model-b',",
    })
    void theDeviceTreeTells(String path, String text, @Nullable String expected) throws IOException {
        tree.file("sys/firmware/devicetree/base/" + path, text + "\0");
        assertThat(virtualization()).isEqualTo(expected);
    }

    @Test
    void powerVmHasPartitions() throws IOException {
        tree.file("sys/firmware/devicetree/base/ibm,partition-name", "lpar7\0")
                .file("sys/firmware/devicetree/base/hmc-managed?", "\0");
        assertThat(virtualization()).isEqualTo("powervm");
    }

    @Test
    void mainframesNameTheControlProgram() throws IOException {
        tree.file("proc/sysinfo", "Manufacturer:         IBM\nVM00 Control Program: z/VM    7.3.0\nVM00 CPUs: 2\n");
        assertThat(virtualization()).isEqualTo("zvm");
        tree.file("proc/sysinfo", "Manufacturer:         IBM\nVM00 Control Program: KVM/Linux\n");
        assertThat(virtualization()).isEqualTo("kvm");
        tree.file("proc/sysinfo", "Manufacturer:         IBM\nLPAR Number:          5\n");
        assertThat(virtualization()).isNull();
    }

    @Test
    void windowsSubsystemForLinuxIsInTheNameOfItsKernel() throws IOException {
        tree.file("proc/sys/kernel/osrelease", "5.15.167.4-microsoft-standard-WSL2\n")
                .file(CLOCKS, "hyperv_clocksource_tsc_page \n");
        assertThat(virtualization()).isEqualTo("wsl");
    }

    @Test
    void theProcessorHasTheLastWord() throws IOException {
        tree.file("proc/cpuinfo", VIRTUAL_CPU);
        assertThat(virtualization()).isEqualTo("vm-other");
        tree.file("proc/cpuinfo", REAL_CPU);
        assertThat(virtualization()).isEqualTo("none");
        tree.file("proc/cpuinfo", "processor\t: 0\nvendor_id\t: User Mode Linux\nflags\t\t: fpu\n");
        assertThat(virtualization()).isEqualTo("uml");
    }

    @ParameterizedTest
    @CsvSource({"'flags\t\t: fpu vme rdr'", "'Features\t: fp asimd\n'", "garbage", "''"})
    void noTraceIsNoProofOfRealHardware(String cpuinfo) throws IOException {
        tree.file("proc/cpuinfo", cpuinfo);
        assertThat(virtualization()).isNull();
    }

    private @Nullable String virtualization() throws IOException {
        Problems problems = new Problems();
        String word = new VirtualizationReader(tree.roots()).read(problems);
        assertThat(problems.list()).isEmpty();
        return word;
    }
}
