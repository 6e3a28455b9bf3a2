package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.Problems;
import io.smi.core.Problems.Problem;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import io.smi.core.process.ProcessReader.Machine;
import io.smi.core.process.ProcessSample.Io;
import io.smi.schema.ErrorKind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessReaderTest {
    @TempDir
    Path folder;

    private FakeProc proc;
    private ProcessReader reader;
    private Problems problems = new Problems();

    @BeforeEach
    void aMachineWithTwoProcesses() throws IOException {
        proc = new FakeProc(folder);
        proc.start(7, "sh", 500, "sh", "-c", "app --password x");
        proc.start(10, "sleep", 12345, "sleep", "600");
        reader = new ProcessReader(proc.roots(), CmdlineMode.REDACTED);
    }

    @Test
    void everyProcessIsReadInTheOrderOfPids() throws IOException {
        List<ProcessSample> samples = read();
        assertThat(samples).extracting(ProcessSample::pid).containsExactly(7, 10);
        ProcessSample sleep = samples.get(1);
        assertThat(sleep.stat()).isEqualTo(new ProcessStat("sleep", "S", 1, false, 0, 20, 0, 2, 12345, 4096000));
        assertThat(sleep.startTime()).isEqualTo(Instant.parse("2023-11-14T22:15:23.450Z"));
        assertThat(sleep.residentBytes()).isEqualTo(250 * 4096);
        assertThat(sleep.io()).isEqualTo(new Io(4096, 8192));
        assertThat(sleep.facts()).isEqualTo(new ProcessFacts("bob", "sleep 600", new Cgroup("/user.slice", null)));
        assertThat(samples.get(0).facts().command()).isEqualTo("sh -c app --password ***");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void filesThatChangeAllTheTimeStayOpen() throws IOException {
        read(4);
        proc.opened();
        proc.write("10/stat", FakeProc.stat(10, "sleep", 12345, 250, 0));
        assertThat(read().get(1).cpuSeconds()).isEqualTo(2.5);
        assertThat(proc.opened()).isEmpty();
    }

    /** Two passes to load what a first one loads, and to sample; the third ends the window. */
    @Test
    void aSnapshotKeepsNothingOpen() throws IOException {
        for (int pass = 0; pass < 3; pass++) {
            read();
            assertThat(proc.open()).as("only /proc/stat").isEqualTo(1);
        }
    }

    @Test
    void filesOfTheEndedAreClosed() throws IOException {
        read(4);
        assertThat(proc.open()).isEqualTo(7);
        proc.end(7);
        proc.end(10);
        assertThat(read()).isEmpty();
        assertThat(problems.list()).isEmpty();
        assertThat(proc.open()).as("only /proc/stat").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aReusedPidIsAnotherProcess(int passes) throws IOException {
        read(passes);
        proc.end(10);
        proc.start(10, "sleep", 99999, "sleep", "700");
        proc.write("10/io", "read_bytes: 1\nwrite_bytes: 2\n");
        ProcessSample sample = read().get(1);
        assertThat(sample.stat().startTicks()).isEqualTo(99999);
        assertThat(sample.io()).isEqualTo(new Io(1, 2));
        assertThat(sample.facts().command()).isEqualTo("sleep 700");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10/stat", "10/status", "10/cmdline", "10/cgroup", "10/statm", "10/io"})
    void whoEndsWhileBeingReadIsNotThere(String path) throws IOException {
        proc.onOpen(path, () -> proc.end(10));
        assertThat(read()).extracting(ProcessSample::pid).containsExactly(7);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void anotherProgramHasAnotherCommandLine() throws IOException {
        read();
        proc.write("10/stat", FakeProc.stat(10, "app", 12345, 0, 0));
        proc.write("10/cmdline", "app\0--token\0x\0");
        proc.write("10/status", "Uid:\t0\t0\t0\t0\n");
        assertThat(read().get(1).facts().command()).isEqualTo("app --token ***");
        assertThat(read().get(1).facts().user()).isEqualTo("root");
    }

    @Test
    void whatChangesWithoutASignIsNoticedInTime() throws IOException {
        read();
        proc.write("10/cgroup", "0::/system.slice\n");
        assertThat(cgroup(read())).isEqualTo("/user.slice");
        read(64);
        assertThat(cgroup(read())).isEqualTo("/system.slice");
    }

    @Test
    void aYoungProcessIsAskedAgainWhoItIs() throws IOException {
        long now = System.currentTimeMillis() / 1000;
        proc.write("stat", "cpu  1 2 3 4\ncpu0 1 1 1 1\nbtime " + (now - 123) + "\n");
        read();
        proc.write("7/status", "Uid:\t0\t0\t0\t0\n");
        proc.write("10/status", "Uid:\t0\t0\t0\t0\n");
        List<ProcessSample> samples = read();
        assertThat(samples.get(0).facts().user()).as("118 s old").isEqualTo("bob");
        assertThat(samples.get(1).facts().user()).as("just started").isEqualTo("root");
    }

    @Test
    void whatMayNotBeReadIsOneProblem() throws IOException {
        proc.deny("7/io");
        proc.deny("10/io");
        assertThat(read()).extracting(ProcessSample::io).containsOnlyNulls();
        assertThat(problems.list())
                .containsExactly(
                        new Problem(ErrorKind.DENIED, path("7/io") + ": Permission denied (2 of 2 processes)"));
        proc.opened();
        assertThat(read()).extracting(ProcessSample::io).containsOnlyNulls();
        assertThat(proc.opened()).as("no use in asking each time").doesNotContain("7/io", "10/io");
        assertThat(problems.list()).hasSize(1);
    }

    /** A plain file for the folder: nobody may search it, and the super-user, who runs some builds, neither. */
    @Test
    void whoseFolderMayNotBeSearchedHasNotEnded() throws IOException {
        proc.end(7);
        proc.end(10);
        proc.write("7", "");
        proc.write("10", "");
        assertThat(read()).isEmpty();
        assertThat(problems.list())
                .containsExactly(new Problem(ErrorKind.DENIED, path("7") + ": permission denied (2 of 2 processes)"));
    }

    @Test
    void whatNoProcessHasIsNotOpened() throws IOException {
        proc.remove("7/io");
        proc.remove("10/io");
        assertThat(read()).extracting(ProcessSample::io).containsOnlyNulls();
        assertThat(problems.list()).isEmpty();
        assertThat(proc.opened()).doesNotContain("7/io", "10/io");
    }

    @Test
    void aFileThatThisKernelDoesNotHaveIsNoProblem() throws IOException {
        proc.remove("10/io");
        proc.remove("10/statm");
        proc.remove("10/cgroup");
        ProcessSample sample = read().get(1);
        assertThat(sample.io()).isNull();
        assertThat(sample.residentBytes()).isNull();
        assertThat(sample.facts().cgroup()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void garbageIsNullAndOneProblem() throws IOException {
        proc.write("10/statm", "1000 25");
        proc.write("10/io", "read_bytes: 4096\nwrite_bytes: 81");
        proc.write("10/status", "Uid:\t1000\t10");
        proc.write("10/cgroup", "garbage\n");
        ProcessSample sample = read().get(1);
        assertThat(sample.residentBytes()).isNull();
        assertThat(sample.io()).isNull();
        assertThat(sample.facts().user()).isNull();
        assertThat(sample.facts().cgroup()).isNull();
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ErrorKind.FAILED);
            assertThat(problem.message()).startsWith(path("10/status")).endsWith("(1 of 2 processes)");
        });
    }

    @Test
    void aProcessWithoutAReadableStatIsNoRow() throws IOException {
        proc.write("10/stat", "");
        assertThat(read()).extracting(ProcessSample::pid).containsExactly(7);
        assertThat(problems.list())
                .containsExactly(new Problem(
                        ErrorKind.FAILED, path("10/stat") + ": expected a number in \"\" (1 of 2 processes)"));
    }

    @Test
    void withoutABootTimeNoStartTimeIsKnown() throws IOException {
        proc.write("stat", "cpu  1 2 3 4\n");
        assertThat(read()).extracting(ProcessSample::startTime).containsOnlyNulls();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void theKernelsThreadsHaveNoCommandLine() throws IOException {
        proc.write("10/stat", FakeProc.stat(10, "kthreadd", 12345, 0, 0x0020_0000));
        assertThat(read().get(1).facts().command()).isNull();
        assertThat(proc.opened()).contains("7/cmdline").doesNotContain("10/cmdline");
    }

    @Test
    void ofAHugeCommandLineOnlyTheStartIsRead() throws IOException {
        proc.write("10/cmdline", "app\0" + "e=".repeat(1 << 19));
        proc.countBytes("10/cmdline");
        assertThat(read().get(1).facts().command()).startsWith("app e=e=").endsWith("=e...");
        assertThat(proc.countedBytes()).isEqualTo(CommandLine.ENOUGH);
    }

    @Test
    void aCommandLineThatMayNotBeToldIsNotRead() throws IOException {
        reader = new ProcessReader(proc.roots(), CmdlineMode.NONE);
        assertThat(read()).extracting(sample -> sample.facts().command()).containsOnlyNulls();
        assertThat(proc.opened()).doesNotContain("7/cmdline", "10/cmdline");
    }

    @Test
    void noMoreFilesStayOpenThanMay() throws IOException {
        proc.write("self/limits", "Max open files            6                    4096                 files\n");
        read(4);
        proc.opened();
        assertThat(proc.open()).as("/proc/stat and one process").isEqualTo(4);
        assertThat(read()).hasSize(2);
        assertThat(proc.opened()).containsExactly("10/stat", "10/statm", "10/io");
        proc.end(7);
        read();
        read();
        assertThat(proc.open()).as("the other one takes the place").isEqualTo(4);
    }

    @Test
    void theSizeOfAPageIsFoundOut() throws IOException {
        proc.write("7/stat", "7 (sh) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 2 0 500 65536000 240 1\n");
        proc.write("10/stat", "10 (grew) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 2 0 500 65534000 240 1\n");
        assertThat(read()).extracting(ProcessSample::residentBytes).containsExactly(250L * 65536, 250L * 65536);
    }

    @Test
    void withoutAPageSizeNoMemoryIsKnown() throws IOException {
        proc.write("7/statm", "999 250 100 5 0 123 0\n");
        proc.write("10/statm", "0 0 0 0 0 0 0\n");
        assertThat(read()).extracting(ProcessSample::residentBytes).containsExactly(null, 0L);
    }

    @Test
    void withoutAProcfsItFails() {
        Roots roots = Roots.of(folder.resolve("none").toFile(), folder.toFile(), folder.toFile());
        reader = new ProcessReader(roots, CmdlineMode.REDACTED);
        assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theMachinesFactsAreInStat() throws IOException {
        String stat = "cpu  9 9\ncpu0 1\ncpu1 1\ncpu3 1\nintr 5 6\nctxt 1\nbtime 1700000000\nprocesses 5\n";
        assertThat(ProcessReader.machine(Cursor.of(stat))).isEqualTo(new Machine(1700000000L, 3));
        assertThatThrownBy(() -> ProcessReader.machine(Cursor.of("cpu  9 9\nbtime 17000000")))
                .isInstanceOf(KernelFormatException.class);
    }

    private void read(int passes) throws IOException {
        for (int pass = 0; pass < passes; pass++) {
            read();
        }
    }

    private List<ProcessSample> read() throws IOException {
        problems = new Problems();
        return reader.read(problems).list();
    }

    private static String cgroup(List<ProcessSample> samples) {
        Cgroup cgroup = samples.get(1).facts().cgroup();
        assertThat(cgroup).isNotNull();
        return cgroup.path();
    }

    private String path(String path) {
        return folder.resolve("proc").resolve(path).toString();
    }
}
