package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.KernelFormatException;
import io.smi.schema.Pressure;
import io.smi.schema.PressureStall;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PressureReaderTest {
    private static final String IO = """
            some avg10=1.27 avg60=1.02 avg300=0.88 total=10244118220
            full avg10=1.02 avg60=0.84 avg300=0.71 total=9011730114
            """;
    private static final String IDLE_CPU = """
            some avg10=0.41 avg60=0.33 avg300=0.29 total=2118830041
            full avg10=0.00 avg60=0.00 avg300=0.00 total=0
            """;

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @Test
    void totalsAreInSeconds() throws KernelFormatException {
        assertThat(PressureReader.parse(Cursor.of(IO))).isEqualTo(new PressureStall(1.27, 1.02, 10244.118, 9011.730));
    }

    @Test
    void olderKernelsHaveNoFullLine() throws KernelFormatException {
        assertThat(PressureReader.parse(Cursor.of("some avg10=0.00 avg60=0.00 avg300=0.00 total=12\n")))
                .isEqualTo(new PressureStall(0.0, null, 0.0, null));
    }

    @Test
    void whatTheKernelPrintsForFormsSakeIsNull() {
        FileTree tree = new FileTree(folder).file("proc/pressure/cpu", IDLE_CPU).file("proc/pressure/io", IO);
        assertThat(new PressureReader(tree.roots()).read(problems))
                .isEqualTo(new Pressure(
                        new PressureStall(0.41, null, 2118.83, null),
                        null,
                        new PressureStall(1.27, 1.02, 10244.118, 9011.730)));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aKernelWithoutItHasNone() {
        assertThat(new PressureReader(new FileTree(folder).roots()).read(problems))
                .isNull();
    }

    @Test
    void oneBrokenFileDoesNotHideTheOthers() {
        FileTree tree =
                new FileTree(folder).file("proc/pressure/memory", "none\n").file("proc/pressure/io", IO);
        Pressure pressure = new PressureReader(tree.roots()).read(problems);
        assertThat(pressure).isNotNull();
        assertThat(pressure.memory()).isNull();
        assertThat(pressure.io()).isNotNull();
        assertThat(problems.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "some avg10=1.27 avg60=1.02 avg300=0.88 total=1024",
                "some avg10=101.00 avg60=1.02 avg300=0.88 total=1024\n",
                "some avg10=1.27 avg60=1.02\nfull avg10=1.27 avg60=1.02 avg300=0.88 total=1024\n",
                "some avg10=1.27 avg60=1.02 avg300=0.88 total=1024\nfull avg10=1.0",
            })
    void anythingElseFails(String text) {
        assertThatThrownBy(() -> PressureReader.parse(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }
}
