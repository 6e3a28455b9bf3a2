package io.smi.record.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import io.smi.record.TestLines;
import io.smi.record.TestRecordings;
import io.smi.record.codec.ChunkSize;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TailTest {
    private static final List<Line> LINES = TestLines.lines(1, 10);

    @TempDir
    Path folder;

    private Tail tail(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            return Tail.of(channel, name);
        }
    }

    private static String name(Codec codec) {
        return codec == Codec.PLAIN ? "run.jsonl" : codec == Codec.GZIP ? "run.jsonl.gz" : "run.jsonl.zst";
    }

    @ParameterizedTest
    @EnumSource
    void ofAFileThatWasClosedInOrder(Codec codec) throws IOException {
        TestRecordings recording = TestRecordings.of(codec, LINES, 4);
        Tail tail = tail(name(codec), recording.bytes());
        assertThat(tail.codec()).isEqualTo(codec);
        assertThat(tail.lastSeq()).isEqualTo(10);
        assertThat(tail.rescued()).isEmpty();
        assertThat(tail.tornAt()).isEqualTo(recording.bytes().length);
        int endMark = codec == Codec.PLAIN ? 0 : codec == Codec.GZIP ? 20 : 17 + 3 * 8;
        assertThat(tail.whole()).isEqualTo(recording.bytes().length - endMark);
    }

    @ParameterizedTest
    @EnumSource
    void theLastLineIsKnown(Codec codec) throws IOException {
        TestRecordings recording = TestRecordings.of(codec, LINES, 4);
        assertThat(tail(name(codec), recording.bytes()).last()).isEqualTo(LINES.getLast());
        byte[] torn = Arrays.copyOf(recording.bytes(), recording.lineEnds().get(8));
        assertThat(tail(name(codec), torn).last()).isEqualTo(LINES.get(8));
        assertThat(tail(name(codec), new byte[0]).last()).isNull();
    }

    @Test
    void theTableAndAReadingSayTheSame() throws IOException {
        byte[] bytes = TestRecordings.of(Codec.ZSTD, LINES, 4).bytes();
        List<ChunkSize> chunks = tail("run.zst", bytes).chunks();
        assertThat(chunks).hasSize(3);
        assertThat(chunks.stream().mapToLong(ChunkSize::content).sum())
                .isEqualTo(
                        LINES.stream().mapToLong(line -> line.json().length + 1).sum());
        int whole = (int) tail("run.zst", bytes).whole();
        assertThat(tail("run.zst", Arrays.copyOf(bytes, whole)).chunks()).isEqualTo(chunks);
        assertThat(tail("run.zst", Arrays.copyOf(bytes, whole + 5)).chunks()).isEqualTo(chunks);
    }

    /** At each byte: what is whole and what is rescued are together all the whole lines, and nothing else. */
    @ParameterizedTest
    @EnumSource
    void ofAFileThatIsTorn(Codec codec) throws IOException {
        TestRecordings recording = TestRecordings.of(codec, LINES, 4);
        int first = recording.lineEnds().getFirst();
        for (int length = first; length < recording.bytes().length; length++) {
            byte[] torn = Arrays.copyOf(recording.bytes(), length);
            Tail tail = tail(name(codec), torn);
            List<Line> all = new ArrayList<>(ReadBack.of(name(codec), Arrays.copyOf(torn, (int) tail.whole()))
                    .lines());
            all.addAll(tail.rescued());
            assertThat(all)
                    .as("%s bytes", length)
                    .isEqualTo(ReadBack.of(name(codec), torn).lines());
            assertThat(tail.lastSeq()).isEqualTo(all.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAnEmptyFile(Codec codec) throws IOException {
        assertThat(tail(name(codec), new byte[0]).lastSeq()).isZero();
        Tail closed = tail(name(codec), TestRecordings.of(codec, List.of(), 4).bytes());
        assertThat(closed.lastSeq()).isZero();
        assertThat(closed.whole()).isZero();
    }

    @Test
    void whatIsNoRecordingIsRefused() throws IOException {
        for (String name : List.of("a.jsonl", "a.gz", "a.zst")) {
            for (String text : List.of("hello", "hello\n", "{\"a\":1}\n", "\n\n{}\n", "x".repeat(100_000))) {
                assertThatThrownBy(() -> tail(name, text.getBytes(StandardCharsets.UTF_8)))
                        .as("%s of %s", name, text)
                        .isInstanceOf(IOException.class);
            }
        }
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(other)) {
            gzip.write("hello\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> tail("a.gz", other.toByteArray())).hasMessageContaining("no frame");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void ofATornChunkOnlySoMuchIsKept(Codec codec) {
        int line = LINES.getFirst().json().length + 1;
        int most = Tail.MOST_RESCUED / line;
        List<Line> lines = TestLines.lines(1, most + 100);
        TestRecordings recording = TestRecordings.of(codec, lines, lines.size());
        byte[] torn = Arrays.copyOf(recording.bytes(), recording.lineEnds().getLast());
        assertThatThrownBy(() -> tail(name(codec), torn))
                .hasMessage("its last chunk is torn, and holds more than 12 MiB of lines, too much to write again;"
                        + " go on in another file, made by 'smi replay --json OLD > NEW'");
    }

    @ParameterizedTest
    @EnumSource
    void aTailWithoutALineEndIsReadOnlySoFar(Codec codec) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Encoder encoder = codec.encoder(codec.defaultLevel(), List.of())) {
            for (byte[] line : List.of(LINES.getFirst().json(), new byte[17 << 20])) {
                ByteBuffer part = encoder.line(line);
                bytes.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
            }
        }
        byte[] torn = bytes.toByteArray();
        int at = codec == Codec.PLAIN ? LINES.getFirst().json().length + 1 : 0;
        assertThatThrownBy(() -> tail(name(codec), torn))
                .hasMessage("has a line of more than 16 MiB at byte " + at
                        + "; go on in another file, made by 'smi replay --json OLD > NEW'");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void whatIsDamagedIsRefused(Codec codec) {
        byte[] bytes = TestRecordings.of(codec, LINES, 64).bytes();
        bytes[bytes.length / 2] ^= 1;
        assertThatThrownBy(() -> tail(name(codec), bytes)).hasMessageStartingWith("is damaged from byte 0 to ");
    }
}
