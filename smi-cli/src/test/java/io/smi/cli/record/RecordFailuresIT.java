package io.smi.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.record.Line;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops a recording, or keeps it from beginning; nothing that was recorded is lost. */
@Timeout(120)
class RecordFailuresIT {
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    Path folder;

    private static Outcome run(List<String> before, String... options) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Recorder.SMI, "record"));
        command.addAll(List.of(options));
        return Program.run(Map.of(), command.toArray(String[]::new));
    }

    private static void assertRefused(Outcome run, String message) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("smi: cannot record: " + message + "\n");
    }

    @Test
    void oneFileHasOneWriter() throws Exception {
        Path file = folder.resolve("a.jsonl.zst");
        try (Recorder recorder = Recorder.start("-o", file.toString(), "--interval", "50ms")) {
            recorder.until("it records", () -> Files.exists(file) && Files.size(file) > 0);
            for (String option : List.of("--append", "--force")) {
                assertRefused(
                        run(List.of(), "-o", file.toString(), option), file + ": is being written by another process");
            }
            assertRefused(
                    run(List.of(), "-o", file.toString()),
                    file + ": exists; --append goes on in it, --force overwrites it");
            recorder.signal("TERM");
            assertThat(recorder.awaitEnd()).isZero();
        }
        assertThat(Recorded.whole(file)).isNotEmpty();
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("a.jsonl"), target);
        Path dangling = Files.createSymbolicLink(folder.resolve("b.jsonl"), folder.resolve("nowhere"));
        for (Path path : List.of(link, dangling)) {
            for (String option : List.of("--quiet", "--append", "--force")) {
                assertRefused(
                        run(List.of(), "-o", path.toString(), option),
                        path + ": is a symbolic link, which is not followed");
            }
        }
        assertThat(target).hasContent("kept");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamed() throws Exception {
        requireNobody();
        open(folder, "rwxr-xr-x");
        Path file = folder.resolve("a.jsonl.zst");
        assertRefused(run(NOBODY, "-o", file.toString()), file + ": permission denied");
        assertThat(file).doesNotExist();
        Path missing = folder.resolve("none/a.jsonl.zst");
        assertRefused(
                run(NOBODY, "-o", missing.toString()), missing + ": no such directory: " + folder.resolve("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void aFullDiskEndsItInOrder(String name) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Outcome mounted = Program.run(Map.of(), "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        assumeTrue(mounted.status() == 0, "may not mount: " + mounted.err());
        try {
            Path file = disk.resolve(name);
            try (Recorder recorder = Recorder.start("-o", file.toString(), "--interval", "50ms", "--fsync", "0")) {
                recorder.until("it records", () -> Files.exists(file) && Files.size(file) > 0);
                long left = Files.getFileStore(disk).getUsableSpace();
                Files.write(disk.resolve("others"), new byte[(int) left - 100_000]);
                // What is left is used up, or was already: another frame of 2 KB is written as long as there is room.
                Files.write(disk.resolve("more"), new byte[60_000]);
                assertThat(recorder.awaitEnd()).isEqualTo(1);
                int frames = Recorded.whole(file).size();
                assertThat(recorder.said())
                        .contains("smi: " + file + ": the disk is full, so the recording was ended in order; kept "
                                + frames + (frames == 1 ? " frame" : " frames") + " in " + file + ", up to seq "
                                + frames + "\n");
            }
        } finally {
            assertThat(Program.run(Map.of(), "umount", disk.toString()).status())
                    .isZero();
        }
    }

    /** What a quota or a limit refuses cannot be foreseen. */
    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void aWriteThatFailsTakesNoFrameBefore(String name) throws Exception {
        assumeTrue(Peers.has("prlimit"), "needs prlimit");
        Path file = folder.resolve(name);
        Outcome run = run(
                List.of("prlimit", "--fsize=5000"),
                "-o",
                file.toString(),
                "--interval",
                "50ms",
                "--include",
                "process,cpu,memory,chassis");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        int frames = Recorded.in(file).lines().size();
        String kept = frames == 0
                ? "kept 0 frames in " + file + "\n"
                : "kept " + frames + (frames == 1 ? " frame" : " frames") + " in " + file + ", up to seq " + frames
                        + "\n";
        assertThat(run.err()).contains("smi: " + file + ": File too large; " + kept);
        assertThat(Files.size(file)).isLessThanOrEqualTo(5000);
        if (frames > 0) {
            assertThat(run(List.of(), "-o", file.toString(), "--append", "--duration", "1ms")
                            .status())
                    .isZero();
            assertThat(Recorded.whole(file)).hasSize(frames + 1);
        }
    }

    /** What an interrupted repair has saved outlives the next one that is interrupted. */
    @Test
    void aRepairThatFailsTwiceLosesNothing() throws Exception {
        assumeTrue(Peers.has("prlimit"), "needs prlimit");
        List<Line> lines = lines(30);
        int whole = 20;
        int torn = 25;
        Path file = folder.resolve("a.jsonl.zst");
        try (OutputStream out = Files.newOutputStream(file);
                Encoder encoder = Codec.ZSTD.encoder(1, List.of())) {
            WritableByteChannel channel = Channels.newChannel(out);
            for (Line line : lines.subList(0, whole)) {
                channel.write(encoder.line(line.json()));
                channel.write(encoder.endChunk());
            }
            for (Line line : lines.subList(whole, torn)) {
                channel.write(encoder.line(line.json()));
            }
        }
        Path side = folder.resolve("a.jsonl.zst.rescued.jsonl");
        for (Line line : lines.subList(whole, lines.size())) {
            Files.writeString(
                    side,
                    new String(line.json(), StandardCharsets.UTF_8) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        byte[] saved = Files.readAllBytes(side);
        assertThat(List.of(Files.size(file), Files.size(side))).allMatch(size -> size > 5000);
        assertRefused(
                run(List.of("prlimit", "--fsize=5000"), "-o", file.toString(), "--append"), file + ": File too large");
        assertThat(side).hasBinaryContent(saved);
        assertThat(run(List.of(), "-o", file.toString(), "--append", "--duration", "1ms")
                        .status())
                .isZero();
        assertThat(Recorded.whole(file)).startsWith(lines.toArray(Line[]::new)).hasSize(lines.size() + 1);
        assertThat(side).doesNotExist();
    }

    private List<Line> lines(int count) throws Exception {
        Path one = folder.resolve("one.jsonl");
        assertThat(run(List.of(), "-o", one.toString(), "--duration", "1ms").status())
                .isZero();
        String first = Files.readAllLines(one).getFirst();
        List<Line> lines = new ArrayList<>();
        for (int seq = 1; seq <= count; seq++) {
            String line = first.replaceFirst("\"seq\":1,", "\"seq\":" + seq + ",");
            lines.add(Line.checked(line.getBytes(StandardCharsets.UTF_8)));
        }
        return lines;
    }

    /** A power failure may leave a file with more room than content. */
    @Test
    void gigabytesOfZerosAreRefusedAndLeftAsTheyAre() throws Exception {
        Path file = folder.resolve("a.jsonl");
        assertThat(run(List.of(), "-o", file.toString(), "--duration", "1ms").status())
                .isZero();
        long end = Files.size(file);
        long size = 3L << 30;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
        assertRefused(
                run(List.of(), "-o", file.toString(), "--append"),
                file + ": has a line of more than 16 MiB at byte " + end
                        + "; go on in another file, made by 'smi replay --json OLD > NEW'");
        assertThat(Files.size(file)).isEqualTo(size);
    }

    @Test
    void whenTheNextFileCannotBeMadeThePresentOneGoesOn() throws Exception {
        requireNobody();
        Path target = Files.createDirectory(folder.resolve("target"));
        open(folder, "rwxr-xr-x");
        open(target, "rwxrwxrwx");
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of(Recorder.SMI, "record", "-o", target + "/a.jsonl.gz"));
        command.addAll(List.of("--interval", "50ms", "--rotate-every", "1s"));
        try (Recorder recorder = Recorder.start(command)) {
            recorder.until("it records", () -> !files(target).isEmpty());
            open(target, "rwxr-xr-x");
            recorder.until("it complains", () -> recorder.said().contains("cannot begin the next file"));
            Path last = files(target).getLast();
            long size = Files.size(last);
            recorder.until("it goes on", () -> Files.size(last) > size);
            recorder.signal("TERM");
            assertThat(recorder.awaitEnd()).isZero();
            assertThat(recorder.said())
                    .startsWith("smi: cannot begin the next file, so " + last + " goes on: ")
                    .contains("permission denied");
            assertThat(Recorded.whole(files(target).toArray(Path[]::new))).isNotEmpty();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static void open(Path folder, String mode) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    private static void requireNobody() throws Exception {
        assumeTrue(Peers.has("setpriv"), "needs setpriv");
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of(Recorder.SMI, "--version"));
        Outcome run = Program.run(Map.of(), command.toArray(String[]::new));
        assumeTrue(run.status() == 0, "nobody cannot run " + Recorder.SMI + ": " + run.err());
    }
}
