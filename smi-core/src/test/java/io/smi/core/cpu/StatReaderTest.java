package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatReaderTest {
    private static final String TWO_CPUS = """
            cpu  16460 20 4438 360519 515 1 75 12 7 2
            cpu0 7944 12 1936 181051 62 1 10 3 4 2
            cpu1 8515 8 2502 179467 453 0 64 8 3 0
            intr 387119 0 0 0
            ctxt 855262
            btime 1782000000
            """;

    @Test
    void everyCpuHasTenColumns() throws Exception {
        Stat stat = parse(TWO_CPUS);
        assertThat(stat.size()).isEqualTo(2);
        assertThat(row(stat, 0)).containsExactly(7944, 12, 1936, 181051, 62, 1, 10, 3, 4, 2);
        assertThat(row(stat, 1)).containsExactly(8515, 8, 2502, 179467, 453, 0, 64, 8, 3, 0);
        assertThat(stat.counts(Stat.GUEST_NICE)).isTrue();
    }

    @Test
    void anOfflineCpuHasNoLine() throws Exception {
        Stat stat = parse("""
                cpu  30 0 30 30 0 0 0 0 0 0
                cpu0 10 0 10 10 0 0 0 0 0 0
                cpu2 11 0 11 11 0 0 0 0 0 0
                cpu12 12 0 12 12 0 0 0 0 0 0
                intr 0
                """);
        assertThat(stat.indexOf(2)).isEqualTo(1);
        assertThat(stat.id(2)).isEqualTo(12);
        assertThat(stat.indexOf(1)).isNegative();
        assertThat(stat.ticks(2, Stat.SYSTEM)).isEqualTo(12);
    }

    @Test
    void anOldKernelCountsFewerModes() throws Exception {
        Stat stat = parse("""
                cpu  10 20 30 40 50 60 70
                cpu0 10 20 30 40 50 60 70
                intr 0
                """);
        assertThat(stat.counts(Stat.SOFTIRQ)).isTrue();
        assertThat(stat.counts(Stat.STEAL)).isFalse();
    }

    @Test
    void columnsOfKernelsToComeAreIgnored() throws Exception {
        Stat stat = parse("""
                cpu  1 2 3 4 5 6 7 8 9 10 11
                cpu0 1 2 3 4 5 6 7 8 9 10 11
                intr 0
                """);
        assertThat(row(stat, 0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\0\1\2",
                "no such thing\n",
                "cpu  1 2 3 4\ncpu0 1 2 x 4\nintr 0\n",
                "cpu  1 2 3 4\ncpu0 1 2 3\nintr 0\n",
                "cpu  1 2 3 4\ncpux 1 2 3 4\nintr 0\n",
                "cpu  1 2 3 4\ncpu1 1 2 3 4\ncpu1 1 2 3 4\nintr 0\n",
                "cpu  1 2 3 4\ncpu99999999999 1 2 3 4\nintr 0\n",
                "cpu  1 2 3 4\ncpu0 1 2 3 99999999999999999999\nintr 0\n"
            })
    void garbageIsAComplaint(String text) {
        assertThatExceptionOfType(KernelFormatException.class)
                .isThrownBy(() -> parse(text))
                .withMessageStartingWith("test: expected ");
    }

    @Test
    void aFileCutAnywhereInTheLinesOfTheCpusIsAComplaint() {
        int end = TWO_CPUS.indexOf("intr");
        for (int length = 0; length <= end; length++) {
            String cut = TWO_CPUS.substring(0, length);
            assertThatExceptionOfType(KernelFormatException.class).as(cut).isThrownBy(() -> parse(cut));
        }
    }

    @Test
    void aCpuThatIsPluggedInLaterIsRead(@TempDir Path folder) throws Exception {
        Tree tree = new Tree(folder).proc("stat", TWO_CPUS);
        StatReader reader = new StatReader(tree.roots());
        assertThat(read(reader).size()).isEqualTo(2);
        StringBuilder many = new StringBuilder("cpu  1 2 3 4 5 6 7 8 9 10\n");
        for (int cpu = 0; cpu < 300; cpu++) {
            many.append("cpu")
                    .append(cpu)
                    .append(" 1 2 3 4 5 6 7 8 9 ")
                    .append(cpu)
                    .append('\n');
        }
        tree.proc("stat", many.append("intr 0\n").toString());
        Stat stat = read(reader);
        assertThat(stat.size()).isEqualTo(300);
        assertThat(stat.ticks(299, Stat.GUEST_NICE)).isEqualTo(299);
    }

    private static Stat read(StatReader reader) throws IOException {
        return reader.read(new Problems());
    }

    private static Stat parse(String text) throws KernelFormatException {
        return StatReader.parse(Cursor.of(text), 1);
    }

    private static long[] row(Stat stat, int index) {
        long[] row = new long[Stat.COLUMNS];
        for (int column = 0; column < row.length; column++) {
            row[column] = stat.ticks(index, column);
        }
        return row;
    }
}
