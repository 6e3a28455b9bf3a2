package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command does beside its work: next to nothing. */
class RunningIT {
    @TempDir
    private Path folder;

    /** In this order: what is recorded is replayed. */
    private static final List<String> COMMANDS = List.of(
            "snapshot --json",
            "record -o run.jsonl.zst --interval 50ms --duration 200ms --quiet",
            "replay --json run.jsonl.zst");

    @Test
    void startsNoChildProcess() throws Exception {
        assumeTrue(Peers.has("strace"), "strace is not installed");
        assumeTrue(Program.run(Map.of(), "strace", "true").status() == 0, "strace may not trace");
        for (String command : COMMANDS) {
            Path trace = folder.resolve("trace");
            Outcome outcome = smi(
                    Map.of(),
                    "strace -f -e trace=execve,execveat,fork,vfork,clone,clone3 -e signal=none -o " + trace + " ",
                    command);
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
    }

    /** The JVM's own file there is one that {@code -XX:-UsePerfData} does without. */
    @Test
    void leavesTheTemporaryFolderAlone() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        assumeTrue(Peers.has("strace"), "strace is not installed");
        assumeTrue(Program.run(Map.of(), "strace", "true").status() == 0, "strace may not trace");
        for (String command : COMMANDS) {
            Path trace = folder.resolve("trace");
            Outcome outcome = smi(
                    Map.of("SMI_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary),
                    "strace -f -e trace=%file -e signal=none -o " + trace + " ",
                    command);
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(Files.readAllLines(trace))
                    .filteredOn(line -> line.contains(temporary.toString()) || line.contains("hsperfdata"))
                    .as("but that the JVM looks whether it is there")
                    .allMatch(line -> line.contains("execve(") || line.contains("stat("));
        }
    }

    @Test
    void theCacheHoldsEveryClassOfARecording() throws Exception {
        for (String command : COMMANDS) {
            Path log = folder.resolve("classes");
            Outcome outcome = smi(Map.of("SMI_JAVA_OPTS", "-Xlog:class+load:file=" + log), "", command);
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(Files.readAllLines(log))
                    .as(command)
                    .anyMatch(line -> line.contains("io.smi.cli.Main source: shared objects file"))
                    .noneMatch(line -> line.contains("source: /") || line.contains("source: file:"));
        }
    }

    /** Runs a command in the test's folder. */
    private Outcome smi(Map<String, String> environment, String before, String command) throws Exception {
        return Program.run(
                environment,
                "sh",
                "-c",
                "cd " + folder + " && exec " + before + Program.HOME.resolve("bin/smi") + " " + command);
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
                .noneMatch(line -> line.contains("source: /") || line.contains("source: file:"))
                .as("this machine has no NPU that only its vendor's command knows")
                .noneMatch(line -> line.contains("io.smi.core.command.") || line.contains("io.smi.core.habana."));
    }

    @Test
    void nothingIsSaidOnStderr() throws Exception {
        assertThat(Program.snapshot(Program.HOME, Map.of()).err()).isEmpty();
    }
}
