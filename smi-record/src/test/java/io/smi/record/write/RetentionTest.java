package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant START = Instant.parse("2026-11-22T23:30:00Z");

    @TempDir
    Path folder;

    private NamePattern pattern(String name) {
        return NamePattern.parse(folder + "/" + name);
    }

    private Path make(NamePattern pattern, String host, int hour) throws IOException {
        Path path = pattern.path(host, START.plusSeconds(3600L * hour));
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        return Files.createFile(path);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static Segment segment(int second) {
        return new Segment(START.plusSeconds(second), Path.of("" + (char) ('a' + second)));
    }

    /** By the seconds that they are named for. */
    private static List<Path> superfluous(int keep, int first, int present, int... seconds) {
        List<Segment> segments = new ArrayList<>();
        for (int second : seconds) {
            segments.add(segment(second));
        }
        return new Retention(
                        NamePattern.parse("{time}.zst"),
                        "node1",
                        keep,
                        segment(first).path())
                .superfluous(segments, segment(present).path());
    }

    @Test
    void theOldestGoFirstAndThePresentOneStays() {
        Path a = segment(0).path();
        Path b = segment(1).path();
        Path c = segment(2).path();
        assertThat(superfluous(2, 0, 2, 2, 0, 1)).containsExactly(a);
        assertThat(superfluous(2, 2, 2, 2, 0, 1)).containsExactly(a);
        assertThat(superfluous(2, 0, 0, 2, 0, 1)).containsExactly(b);
        assertThat(superfluous(1, 1, 1, 2, 0, 1)).containsExactly(a, c);
        assertThat(superfluous(3, 0, 2, 2, 0, 1)).isEmpty();
    }

    @Test
    void thoseOfThisRunGoLastWhateverTheOthersAreNamed() {
        // The run began at 3; 5 and 6 are its own, the rest was there, 8 and 9 by a clock that was ahead.
        assertThat(superfluous(3, 3, 6, 9, 8, 6, 5, 3, 1))
                .containsExactly(
                        segment(1).path(), segment(8).path(), segment(9).path());
        assertThat(superfluous(2, 3, 6, 9, 8, 6, 5, 3, 1))
                .containsExactly(
                        segment(1).path(),
                        segment(8).path(),
                        segment(9).path(),
                        segment(3).path());
    }

    @Test
    void filesThatThePatternDoesNotGiveStay() throws Exception {
        NamePattern pattern = pattern("run-{time}.jsonl.zst");
        Path old = make(pattern, "node1", 0);
        Path present = make(pattern, "node1", 1);
        Files.createFile(folder.resolve("run.jsonl.zst"));
        Files.createFile(folder.resolve(old.getFileName() + ".rescued.jsonl"));
        Files.createFile(folder.resolve("run-20261322T020000.123Z.jsonl.zst"));
        Files.createFile(folder.resolve("Run-20251122T020000.123Z.jsonl.zst"));
        Files.createDirectory(folder.resolve("run-20251122T020000.123Z.jsonl.zst"));
        Files.createSymbolicLink(folder.resolve("run-20251122T020000.124Z.jsonl.zst"), present);
        List<String> before = files();
        new Retention(pattern, "node1", 1, present).apply(present);
        assertThat(before).hasSize(8);
        assertThat(files())
                .hasSize(7)
                .allMatch(before::contains)
                .doesNotContain(old.getFileName().toString());
    }

    @Test
    void foldersThatAreEmptyThenGoTooAndNoOthers() throws Exception {
        NamePattern pattern = pattern("all/host={host}/date={date}/{time}.zst");
        make(pattern, "node1", 0);
        make(pattern, "node2", 0);
        Path present = make(pattern, "node1", 1);
        Path keepsFolder = make(pattern, "node1", 30);
        Files.createFile(keepsFolder.resolveSibling("notes.txt"));
        new Retention(pattern, "node1", 1, present).apply(present);
        assertThat(files())
                .containsExactly(
                        "all",
                        "all/host=node1",
                        "all/host=node1/date=2026-11-23",
                        "all/host=node1/date=2026-11-23/20261123T003000.000Z.zst",
                        "all/host=node1/date=2026-11-24",
                        "all/host=node1/date=2026-11-24/notes.txt",
                        "all/host=node2",
                        "all/host=node2/date=2026-11-22",
                        "all/host=node2/date=2026-11-22/20261122T233000.000Z.zst");
    }

    @Test
    void aFolderThatIsALinkIsNotFollowed() throws Exception {
        NamePattern pattern = pattern("date={date}/{time}.zst");
        Path old = make(pattern, "node1", 0);
        Path elsewhere = Files.move(Objects.requireNonNull(old.getParent()), folder.resolve("elsewhere"));
        Files.createSymbolicLink(old.getParent(), elsewhere);
        Path present = make(pattern, "node1", 1);
        new Retention(pattern, "node1", 1, present).apply(present);
        assertThat(elsewhere.resolve(old.getFileName())).exists();
    }

    @Test
    void oneThatIsBeingWrittenStaysAndTheRestGoes() throws Exception {
        NamePattern pattern = pattern("{time}.zst");
        Path written = make(pattern, "node1", 0);
        Path old = make(pattern, "node1", 1);
        Path present = make(pattern, "node1", 2);
        try (LockedFile writer = LockedFile.existing(written)) {
            assertThatThrownBy(() -> new Retention(pattern, "node1", 1, present).apply(present))
                    .isInstanceOf(RecordingException.class)
                    .hasMessage(writer.path() + ": is being written by another process");
        }
        assertThat(written).exists();
        assertThat(old).doesNotExist();
    }
}
