package io.smi.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.ApiProcess;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.record.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged {@code smi record} as a process of its own. */
@Timeout(120)
class RecordIT {
    @TempDir
    Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Outcome record(Path file, String... options) throws Exception {
        String[] command = Stream.concat(Stream.of(Recorder.SMI, "record", "-o", file.toString()), Stream.of(options))
                .toArray(String[]::new);
        return Program.run(Map.of(), command);
    }

    /** How many ticks it says that it dropped. */
    private static long dropped(String said) {
        Matcher told = Pattern.compile("(?m)^smi: dropped (\\d+) tick").matcher(said);
        return told.find() ? Long.parseLong(told.group(1)) : 0;
    }

    /** The dropped ticks that are told are those that are missing. */
    @Test
    void fiveSecondsAreFiftyFramesWithoutAGap() throws Exception {
        Path file = file("run.jsonl.zst");
        Outcome run = record(file, "--interval", "100ms", "--duration", "5s");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        List<Line> lines = Recorded.whole(file);
        long dropped = dropped(run.err());
        assertThat(lines.size() + dropped).isEqualTo(50);
        assertThat(lines).hasSizeBetween(45, 51);
        assertThat(run.err().lines().toList().getLast())
                .matches("smi: recorded " + lines.size() + " frames to \\Q" + file
                        + "\\E \\([0-9.]+ [KM]iB, [0-9.]+x\\)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @ParameterizedTest
    @CsvSource({"INT, a.jsonl", "TERM, a.jsonl.gz", "HUP, a.jsonl.zst", "INT, a.jsonl.zst"})
    void aSignalEndsItWithEverythingWritten(String signal, String name) throws Exception {
        Path file = file(name);
        try (Recorder recorder = Recorder.start("-o", file.toString(), "--interval", "50ms")) {
            recorder.until("it records", () -> Files.exists(file) && Files.size(file) > 0);
            Thread.sleep(300);
            recorder.signal(signal);
            assertThat(recorder.awaitEnd()).as(recorder.said()).isZero();
            List<Line> lines = Recorded.whole(file);
            assertThat(recorder.said()).contains("smi: recorded " + lines.size() + " frames to " + file);
        }
    }

    /** Before the first frame too: the hook may come at any moment. */
    @Test
    void aSignalAtTheVeryBeginningLeavesNothingHalf() throws Exception {
        for (int i = 0; i < 8; i++) {
            Path file = file("run" + i + ".zst");
            try (Recorder recorder = Recorder.start("-o", file.toString(), "--interval", "50ms")) {
                recorder.until("it has begun", () -> Files.exists(file));
                Thread.sleep(15L * i);
                recorder.signal("TERM");
                recorder.awaitEnd();
                assertThat(Recorded.in(file).findings()).isEmpty();
            }
        }
    }

    @Test
    void aStoppedProcessDropsTicksAndCountsThem() throws Exception {
        Path file = file("a.jsonl.zst");
        try (Recorder recorder = Recorder.start("-o", file.toString(), "--interval", "50ms")) {
            recorder.until("it records", () -> Files.exists(file) && Files.size(file) > 0);
            recorder.signal("STOP");
            Thread.sleep(1000);
            recorder.signal("CONT");
            long size = Files.size(file);
            recorder.until("it goes on", () -> Files.size(file) > size);
            recorder.signal("TERM");
            assertThat(recorder.awaitEnd()).isZero();
            Recorded.whole(file);
            long dropped = dropped(recorder.said());
            assertThat(dropped).as(recorder.said()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void aClosedPipeEndsItAtOnceAndQuietly() throws Exception {
        Outcome run = Program.run(
                Map.of(),
                "bash",
                "-c",
                "\"$0\" record -o - --interval 50ms | head -2 | wc -l; echo ${PIPESTATUS[0]}",
                Recorder.SMI);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("2\n141\n");
    }

    @Test
    void segmentsFollowEachOtherWithoutALineLost() throws Exception {
        String name = folder + "/host={host}/date={date}/{time}.jsonl.zst";
        try (Recorder recorder = Recorder.start("-o", name, "--interval", "50ms", "--rotate-every", "1s")) {
            recorder.until("three files", () -> files().size() >= 3);
            recorder.signal("TERM");
            assertThat(recorder.awaitEnd()).isZero();
            List<Path> files = files();
            List<Line> lines = Recorded.whole(files.toArray(Path[]::new));
            assertThat(recorder.said())
                    .contains("recorded " + lines.size() + " frames to " + files.size() + " files up to "
                            + files.getLast());
        }
        Outcome more = Program.run(
                Map.of(),
                Recorder.SMI,
                "record",
                "-o",
                name,
                "--rotate-every",
                "1h",
                "--keep",
                "2",
                "--duration",
                "1ms");
        assertThat(more.status()).as(more.err()).isZero();
        assertThat(files()).hasSize(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void anotherMachinesFramesAreRecorded() throws Exception {
        try (ApiProcess server = ApiProcess.start("--listen", "127.0.0.1:0", "--interval", "50ms")) {
            Outcome run = Program.run(
                    Map.of(),
                    Recorder.SMI,
                    "record",
                    "-o",
                    folder + "/{host}.jsonl.gz",
                    "--from",
                    server.url(),
                    "--duration",
                    "1s");
            assertThat(run.status()).as(run.err()).isZero();
            Path file = files().getFirst();
            Recorded recorded = Recorded.in(file);
            assertThat(recorded.findings()).isEmpty();
            assertThat(recorded.lines()).hasSizeGreaterThan(1);
            assertThat(run.err()).contains("recorded " + recorded.lines().size() + " frames to " + file);
        }
    }

    /** The server's newest frame is in the file already, or others came between: none may be there twice, or lack untold. */
    @Test
    void anotherMachinesFramesAreGoneOnWithWhereTheFileEnds() throws Exception {
        Path file = file("a.jsonl.zst");
        String listen = "127.0.0.1:" + ApiProcess.freePort();
        String[] remote = {"--from", "http://" + listen, "--append", "--duration"};
        try (ApiProcess server = ApiProcess.start("--listen", listen, "--interval", "1s")) {
            for (String duration : List.of("2s", "1ms", "2s", "1ms")) {
                Outcome run = record(file, with(remote, duration));
                assertThat(run.status()).as(run.err() + server.url()).isZero();
                assertThat(run.err()).hasLineCount(1).doesNotContain("recorded 0");
            }
        }
        Recorded recorded = Recorded.in(file);
        assertThat(recorded.findings()).isEmpty();
        assertThat(recorded.lines()).hasSizeGreaterThanOrEqualTo(4);
        try (ApiProcess server = ApiProcess.start("--listen", listen, "--interval", "50ms")) {
            Outcome run = record(file, with(remote, "1ms"));
            assertThat(run.status()).as(run.err() + server.url()).isZero();
            assertThat(run.err())
                    .contains("smi: the server was started anew: nobody knows how many frames are missing after seq "
                            + recorded.lines().getLast().seq() + "\n");
        }
        byte[] before = Files.readAllBytes(file);
        Outcome down = record(file, with(remote, "1ms"));
        assertThat(down.status()).isEqualTo(1);
        assertThat(down.err())
                .startsWith("smi: cannot record: http://" + listen)
                .hasLineCount(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }
}
