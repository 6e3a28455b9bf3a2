package io.smi.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.RuntimeStatus.Power;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeStatusTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "active, AWAKE",
        "unsupported, AWAKE",
        "suspended, ASLEEP",
        "suspending, ASLEEP",
        "resuming, UNKNOWN",
        "error, UNKNOWN",
        "'', UNKNOWN",
    })
    void theKernelHasFewWords(String word, Power power) {
        FileTree tree = new FileTree(folder).file("sys/dev/power/runtime_status", word + "\n");
        RuntimeStatus status = RuntimeStatus.of(tree.roots().sys(), "dev");
        assertThat(status.read(new Problems())).isEqualTo(power);
    }

    /** A file that is open when its device goes answers ENODEV. */
    @Test
    void aDeviceThatWasPulledOutIsGone() {
        FileTree tree = new FileTree(folder).file("sys/dev/power/runtime_status", "active\n");
        PullableFiles files = new PullableFiles();
        RuntimeStatus status =
                RuntimeStatus.of(new KernelFiles(folder.resolve("sys").toFile(), files), "dev");
        assertThat(status.read(new Problems())).isEqualTo(Power.AWAKE);
        files.pullOut();
        assertThat(status.read(new Problems())).isEqualTo(Power.UNKNOWN);
        tree.delete("sys/dev/power/runtime_status");
        tree.delete("sys/dev/power");
        tree.delete("sys/dev");
        assertThat(status.read(new Problems())).isEqualTo(Power.GONE);
    }

    @Test
    void whatHasNoFileIsNeverPutToSleep() {
        RuntimeStatus status = RuntimeStatus.of(new FileTree(folder).roots().sys(), "dev");
        assertThat(status.read(new Problems())).isEqualTo(Power.AWAKE);
    }
}
