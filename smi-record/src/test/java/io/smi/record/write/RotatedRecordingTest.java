package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import io.smi.record.TestLines;
import io.smi.record.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedRecordingTest {
    private static final Rotation HOURLY = new Rotation(null, Duration.ofHours(1), null);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-22T23:59:58Z");
    private final List<String> warnings = new ArrayList<>();

    private RotatedRecording begin(String name, Rotation rotation) throws RecordingException {
        return new RotatedRecording(
                NamePattern.parse(folder + "/" + name).withTime(),
                "node1",
                rotation,
                new FileSettings(Codec.ofName(name), Codec.ofName(name).defaultLevel(), Duration.ofSeconds(5)),
                warnings::add,
                () -> now,
                System::nanoTime);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<String> names() throws IOException {
        return files().stream().map(path -> folder.relativize(path).toString()).toList();
    }

    private void writeOneASecond(Recording recording, long first, long last) throws IOException {
        for (Line line : TestLines.lines(first, last)) {
            recording.write(line);
            now = now.plusSeconds(1);
        }
    }

    @Test
    void filesFollowEachOtherAtMultiplesOfTheTimeAndSeqGoesOn() throws Exception {
        RotatedRecording recording = begin("date={date}/run.jsonl.zst", HOURLY);
        try (recording) {
            writeOneASecond(recording, 1, 5);
            now = Instant.parse("2026-11-23T01:00:00.5Z");
            writeOneASecond(recording, 6, 7);
        }
        assertThat(names())
                .containsExactly(
                        "date=2026-11-22/run-20261122T235958.000Z.jsonl.zst",
                        "date=2026-11-23/run-20261123T000000.000Z.jsonl.zst",
                        "date=2026-11-23/run-20261123T010000.500Z.jsonl.zst");
        List<List<Line>> segments = new ArrayList<>();
        for (Path file : files()) {
            segments.add(ReadFile.byOthers(file));
            assertThat(ReadFile.of(file).findings()).isEmpty();
        }
        assertThat(segments).containsExactly(TestLines.lines(1, 2), TestLines.lines(3, 5), TestLines.lines(6, 7));
        assertThat(recording.totals().files()).isEqualTo(3);
        assertThat(recording.totals().frames()).isEqualTo(7);
        assertThat(recording.totals().lastSeq()).isEqualTo(7);
        assertThat(recording.totals().file()).isEqualTo(files().getLast());
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFileIsFollowedByAnotherWhenItHasTheSize() throws Exception {
        try (RotatedRecording recording = begin("run.jsonl", new Rotation(2000L, null, null))) {
            writeOneASecond(recording, 1, 40);
        }
        int line = TestLines.line(40).json().length + 1;
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(3);
        for (Path file : files.subList(0, files.size() - 1)) {
            assertThat(Files.size(file)).isBetween(2000L, 2000L + line);
        }
    }

    @Test
    void anEmptyFileIsNotFollowed() throws Exception {
        try (RotatedRecording recording = begin("run.jsonl", HOURLY)) {
            now = now.plusSeconds(7200);
            writeOneASecond(recording, 1, 2);
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void aNameThatIsTakenIsSteppedOver() throws Exception {
        Path taken = folder.resolve("run-20261122T235958.000Z.jsonl");
        Files.writeString(taken, "kept");
        Files.createSymbolicLink(folder.resolve("run-20261122T235958.001Z.jsonl"), taken);
        try (RotatedRecording recording = begin("run.jsonl", HOURLY)) {
            writeOneASecond(recording, 1, 1);
        }
        assertThat(taken).hasContent("kept");
        assertThat(ReadFile.byOthers(folder.resolve("run-20261122T235958.002Z.jsonl")))
                .isEqualTo(TestLines.lines(1, 1));
    }

    @Test
    void aClockThatIsSetBackChangesNoOrder() throws Exception {
        try (RotatedRecording recording = begin("run.jsonl", HOURLY)) {
            writeOneASecond(recording, 1, 3);
            now = now.minus(Duration.ofDays(3));
            writeOneASecond(recording, 4, 5);
        }
        List<Line> lines = new ArrayList<>();
        for (Path file : files()) {
            lines.addAll(ReadFile.byOthers(file));
        }
        assertThat(files()).hasSize(3);
        assertThat(lines).isEqualTo(TestLines.lines(1, 5));
    }

    @Test
    void onlySoManyStayThoseOfEarlierRunsIncluded() throws Exception {
        for (int run = 0; run < 3; run++) {
            try (RotatedRecording recording = begin("{date}/run.jsonl", new Rotation(null, Duration.ofHours(1), 2))) {
                writeOneASecond(recording, 1, 1);
                now = now.plusSeconds(3600);
                writeOneASecond(recording, 2, 2);
            }
        }
        assertThat(names())
                .containsExactly(
                        "2026-11-23/run-20261123T020002.000Z.jsonl", "2026-11-23/run-20261123T030003.000Z.jsonl");
        assertThat(folder.resolve("2026-11-22")).doesNotExist();
    }

    /** Each start of a machine whose clock has no battery begins at 1970, and jumps when it hears of the time. */
    @Test
    void withoutTheTimeFilesSortAsTheyWereRecordedAndTheNewestStay() throws Exception {
        Rotation keepsFour = new Rotation(null, Duration.ofHours(1), 4);
        for (int run = 0; run < 4; run++) {
            now = Instant.parse("1970-01-01T00:00:10Z");
            try (RotatedRecording recording = begin("{date}/run.jsonl", keepsFour)) {
                writeOneASecond(recording, 10 * run + 1, 10 * run + 2);
                now = run == 1 ? Instant.parse("2026-11-23T02:00:00Z") : now.plusSeconds(7200);
                writeOneASecond(recording, 10 * run + 3, 10 * run + 4);
            }
        }
        List<Long> seqs = new ArrayList<>();
        for (Path file : files()) {
            ReadFile.byOthers(file).forEach(line -> seqs.add(line.seq()));
        }
        assertThat(seqs).containsExactly(21L, 22L, 23L, 24L, 31L, 32L, 33L, 34L);
        assertThat(warnings)
                .hasSize(3)
                .last()
                .asString()
                .endsWith("run-20261123T020000.002Z.jsonl: is named for a time that the clock has yet to reach:"
                        + " the next names follow it");
    }

    @Test
    void aNameFarAheadOfTheClockHoldsNothingUpAndGoesBeforeTheNew() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.createFile(folder.resolve("run-99991231T235959.99" + (7 + i) + "Z.jsonl"));
        }
        try (RotatedRecording recording = begin("run.jsonl", new Rotation(null, Duration.ofHours(1), 3))) {
            for (int seq = 1; seq <= 5; seq++) {
                writeOneASecond(recording, seq, seq);
                now = now.plusSeconds(3600);
            }
        }
        assertThat(files()).hasSize(3);
        assertThat(files().getFirst().getFileName().toString()).startsWith("run-20261123T02");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whenTheNextCannotBeBegunThePresentOneGoesOnAndItIsTriedAgain() throws Exception {
        Path inTheWay = folder.resolve("2026-11-23");
        try (RotatedRecording recording = begin("{date}/run.jsonl.zst", HOURLY)) {
            Files.writeString(inTheWay, "");
            writeOneASecond(recording, 1, 10);
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("cannot begin the next file, so " + folder.resolve("2026-11-22"))
                    .contains(inTheWay.toString());
            Files.delete(inTheWay);
            writeOneASecond(recording, 11, 64);
            assertThat(files()).as("not before the chunk has ended").hasSize(1);
            writeOneASecond(recording, 65, 66);
        }
        assertThat(files()).hasSize(2);
        assertThat(ReadFile.byOthers(files().getFirst())).isEqualTo(TestLines.lines(1, 64));
        assertThat(ReadFile.byOthers(files().getLast())).isEqualTo(TestLines.lines(65, 66));
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aFolderWithoutPlaceholderIsNotMade() {
        assertThatThrownBy(() -> begin("none/run.jsonl", HOURLY))
                .isInstanceOf(RecordingException.class)
                .hasMessageEndingWith("no such directory: " + folder.resolve("none"));
    }
}
