package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import io.smi.record.TestLines;
import io.smi.record.codec.ChunkSize;
import io.smi.record.codec.Codec;
import io.smi.record.read.Tail;
import io.smi.record.write.RecordingFile.Before;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingFileTest {
    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicLong free = new AtomicLong(1 << 30);

    private RecordingFile create(String name) throws IOException {
        Codec codec = Codec.ofName(name);
        LockedFile file = Objects.requireNonNull(LockedFile.create(folder.resolve(name)));
        FileSettings settings = new FileSettings(codec, codec.defaultLevel(), Duration.ofSeconds(5));
        return new RecordingFile(file, Before.NOTHING, settings, free::get, nanoTime::get);
    }

    private static void write(RecordingFile recording, List<Line> lines) throws IOException {
        for (Line line : lines) {
            recording.write(line);
        }
    }

    private List<ChunkSize> chunks(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(name))) {
            return Tail.of(channel, name).chunks();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst"})
    void anyoneReadsWhatWasClosed(String name) throws Exception {
        List<Line> lines = TestLines.lines(1, 200);
        try (RecordingFile recording = create(name)) {
            write(recording, lines);
        }
        assertThat(ReadFile.byOthers(folder.resolve(name))).isEqualTo(lines);
        assertThat(ReadFile.of(folder.resolve(name))).isEqualTo(new ReadFile(lines, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void anEmptyOneIsWholeToo(String name) throws Exception {
        create(name).close();
        assertThat(ReadFile.byOthers(folder.resolve(name))).isEmpty();
        assertThat(ReadFile.of(folder.resolve(name))).isEqualTo(new ReadFile(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void eachLineIsInTheFileOnceItIsWritten(String name) throws Exception {
        List<Line> lines = TestLines.lines(1, 70);
        try (RecordingFile recording = create(name)) {
            for (int i = 0; i < lines.size(); i++) {
                recording.write(lines.get(i));
                assertThat(recording.size()).isEqualTo(Files.size(folder.resolve(name)));
                assertThat(ReadFile.of(folder.resolve(name)).lines()).isEqualTo(lines.subList(0, i + 1));
            }
        }
    }

    @Test
    void aChunkHas64Frames() throws Exception {
        try (RecordingFile recording = create("a.zst")) {
            write(recording, TestLines.lines(1, 130));
            assertThat(recording.chunks()).isEqualTo(2);
        }
        assertThat(chunks("a.zst")).hasSize(3);
    }

    @Test
    void aChunkIsNoLongerThanFiveMinutesByTheMonotonicClock() throws Exception {
        try (RecordingFile recording = create("a.zst")) {
            write(recording, TestLines.lines(1, 2));
            nanoTime.addAndGet(RecordingFile.MOST_AGE.toNanos() - 1);
            write(recording, TestLines.lines(3, 3));
            assertThat(recording.chunks()).isZero();
            nanoTime.addAndGet(1);
            write(recording, TestLines.lines(4, 4));
            assertThat(recording.chunks()).isOne();
        }
        assertThat(chunks("a.zst")).hasSize(2);
    }

    @Test
    void timesThatGoBackChangeNothing() throws Exception {
        List<Line> lines = List.of(
                TestLines.line(1, TestLines.START),
                TestLines.line(2, TestLines.START.minusSeconds(3600)),
                TestLines.line(3, TestLines.START.plusSeconds(1)));
        try (RecordingFile recording = create("a.zst")) {
            write(recording, lines);
            assertThat(recording.chunks()).isZero();
        }
        assertThat(ReadFile.byOthers(folder.resolve("a.zst"))).isEqualTo(lines);
    }

    @Test
    void theTotalsAreThoseOfTheFile() throws Exception {
        List<Line> lines = TestLines.lines(5, 104);
        RecordingFile recording = create("a.zst");
        write(recording, lines);
        recording.close();
        long content = lines.stream().mapToLong(line -> line.json().length + 1).sum();
        assertThat(recording.totals())
                .isEqualTo(
                        new Totals(100, content, Files.size(folder.resolve("a.zst")), 1, folder.resolve("a.zst"), 104));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"})
    void aNearlyFullDiskEndsItInOrder(String name) throws Exception {
        List<Line> lines = TestLines.lines(1, 70);
        RecordingFile recording = create(name);
        write(recording, lines);
        free.set(RecordingFile.RESERVE);
        assertThatThrownBy(() -> recording.write(TestLines.line(71)))
                .isInstanceOf(RecordingException.class)
                .hasMessage(folder.resolve(name) + ": the disk is full, so the recording was ended in order");
        recording.close();
        assertThat(ReadFile.byOthers(folder.resolve(name))).isEqualTo(lines);
        assertThat(ReadFile.of(folder.resolve(name)).findings()).isEmpty();
        assertThat(recording.totals().frames()).isEqualTo(70);
        assertThatThrownBy(() -> recording.write(TestLines.line(71))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSecondCloseDoesNothing() throws Exception {
        RecordingFile recording = create("a.zst");
        write(recording, TestLines.lines(1, 3));
        recording.close();
        long size = Files.size(folder.resolve("a.zst"));
        recording.close();
        assertThat(folder.resolve("a.zst")).hasSize(size);
    }
}
