package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockReaderTest {
    private static final String CPUINFO = """
            processor\t: 0
            model name\t: AMD EPYC
            cpu MHz\t\t: 2596.094
            power management:

            processor\t: 1
            model name\t: AMD EPYC
            cpu MHz\t\t: 3199.500
            power management:

            """;

    private final Problems problems = new Problems();
    private long nanosPerLook;
    private long nanos;
    private Tree tree;
    private ClockReader reader;

    @BeforeEach
    void emptyMachine(@TempDir Path folder) {
        tree = new Tree(folder);
        reader = new ClockReader(tree.roots(), () -> nanos += nanosPerLook);
    }

    @Test
    void cpufreqTellsKilohertz() throws Exception {
        cpufreq(2, 1400123, 3599999).proc("cpuinfo", CPUINFO);
        assertThat(read()).isEqualTo(Map.of(0, 1400, 1, 3600));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aClockThatIsNotKnownIsLeftOut() throws Exception {
        cpufreq(3, 1400000, 0, 800000).sys("devices/system/cpu/cpu2/cpufreq/scaling_cur_freq", "<unknown>\n");
        assertThat(read()).isEqualTo(Map.of(0, 1400));
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void aCpuThatComesIsRead() throws Exception {
        cpufreq(1, 1400000);
        assertThat(read()).isEqualTo(Map.of(0, 1400));
        cpufreq(2, 1500000, 1600000);
        assertThat(read()).isEqualTo(Map.of(0, 1500, 1, 1600));
        tree.online("1");
        assertThat(read()).isEqualTo(Map.of(1, 1600));
    }

    @Test
    void cpuinfoServesWithoutCpufreq() throws Exception {
        tree.online("0-1").proc("cpuinfo", CPUINFO);
        assertThat(read()).isEqualTo(Map.of(0, 2596, 1, 3200));
        tree.proc("cpuinfo", CPUINFO.replace("2596.094", "1800.000"));
        assertThat(read()).isEqualTo(Map.of(0, 1800, 1, 3200));
    }

    @Test
    void cpuinfoServesWhereTheKernelSleepsForEachClock() throws Exception {
        nanosPerLook = 10_000_000;
        cpufreq(4, 1400000, 1500000, 1600000, 1700000).proc("cpuinfo", CPUINFO);
        assertThat(read()).isEqualTo(Map.of(0, 2596, 1, 3200));
        nanosPerLook = 0;
        assertThat(read()).isEqualTo(Map.of(0, 2596, 1, 3200));
    }

    @Test
    void aSlowClockOrTwoAreChance() throws Exception {
        nanosPerLook = 10_000_000;
        cpufreq(2, 1400000, 1500000).proc("cpuinfo", CPUINFO);
        assertThat(read()).isEqualTo(Map.of(0, 1400, 1, 1500));
    }

    @Test
    void aNumberCutShortIsNoClock() throws Exception {
        cpufreq(2, 1400000, 1500000).sys("devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "150");
        assertThat(read()).isEqualTo(Map.of(0, 1400));
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void slowClocksAreWaitedForWhereCpuinfoHasNone() throws Exception {
        nanosPerLook = 10_000_000;
        cpufreq(4, 1400000, 1500000, 1600000, 1700000).proc("cpuinfo", "processor\t: 0\nCPU part\t: 0xd08\n");
        for (int i = 0; i < 2; i++) {
            assertThat(read()).isEqualTo(Map.of(0, 1400, 1, 1500, 2, 1600, 3, 1700));
        }
    }

    @Test
    void withoutEitherThereAreNoClocks() throws Exception {
        assertThat(read()).isNull();
        tree.proc("cpuinfo", "processor\t: 0\nBogoMIPS\t: 48.00\n");
        assertThat(read()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void cpuinfoMayNotKnowTheClockOfAnIdleCpu() throws Exception {
        assertThat(ClockReader.parse(Cursor.of(CPUINFO.replace("2596.094", "Unknown"))))
                .isEqualTo(Map.of(1, 3200));
        assertThat(ClockReader.parse(Cursor.of(CPUINFO.replace("2596.094", "0.000"))))
                .isEqualTo(Map.of(1, 3200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"processor\t: 0\ncpu MHz\t\t: 2596", "processor\t: 0\ncpu MHz\t\t: fast\n"})
    void anythingElseIsAComplaint(String text) {
        assertThatExceptionOfType(KernelFormatException.class)
                .isThrownBy(() -> ClockReader.parse(Cursor.of(text)))
                .withMessageStartingWith("test: expected ");
    }

    private Tree cpufreq(int cpus, int... kilohertz) {
        tree.online("0-" + (cpus - 1));
        for (int cpu = 0; cpu < cpus; cpu++) {
            tree.cpu(cpu, "cpufreq/scaling_cur_freq", kilohertz[cpu]);
        }
        return tree;
    }

    private @Nullable Map<Integer, Integer> read() throws IOException {
        return reader.read(problems);
    }
}
