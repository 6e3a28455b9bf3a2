package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a snapshot does beside its work: next to nothing. */
class RunningIT {
    @TempDir
    private Path folder;

    @Test
    void startsNoChildProcess() throws Exception {
        assumeTrue(Peers.has("strace"), "strace is not installed");
        assumeTrue(Program.run(Map.of(), "strace", "true").status() == 0, "strace may not trace");
        Path trace = folder.resolve("trace");
        Outcome outcome = Program.run(
                Map.of(),
                "strace",
                "-f",
                "-e",
                "trace=execve,execveat,fork,vfork,clone,clone3",
                "-e",
                "signal=none",
                "-o",
                trace.toString(),
                Program.HOME.resolve("bin/smi").toString(),
                "snapshot",
                "--json");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(Files.readAllLines(trace))
                .as("the launcher and the JVM that takes its place")
                .filteredOn(line -> line.contains("execve"))
                .hasSize(2);
        assertThat(Files.readAllLines(trace))
                .filteredOn(line -> line.matches("\\d+ +(clone3?|v?fork)\\(.*"))
                .isNotEmpty()
                .allMatch(line -> line.contains("CLONE_THREAD"));
    }

    /** One class that the training did not load costs its jar to be opened. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "de_DE.UTF-8"})
    void theCacheHoldsEveryClassOfASnapshot(String locale) throws Exception {
        Path log = folder.resolve("classes");
        Outcome outcome = Program.snapshot(
                Program.HOME, Map.of("LC_ALL", locale, "SMI_JAVA_OPTS", "-Xlog:class+load:file=" + log));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("io.smi.cli.Main source: shared objects file"))
                .noneMatch(line -> line.contains("source: /") || line.contains("source: file:"));
    }

    @Test
    void nothingIsSaidOnStderr() throws Exception {
        assertThat(Program.snapshot(Program.HOME, Map.of()).err()).isEmpty();
    }
}
