package io.smi.record.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.smi.record.Line;
import io.smi.record.TestLines;
import io.smi.record.TestRecordings;
import io.smi.record.codec.Codec;
import io.smi.record.read.RecordingReader.Check;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingReaderTest {
    private final List<Finding> findings = new ArrayList<>();

    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path recording(String name, Codec codec, List<Line> lines) throws IOException {
        return file(name, TestRecordings.of(codec, lines, 64).bytes());
    }

    private RecordingReader reader(Path... files) throws IOException {
        return RecordingReader.open(List.of(files), InputStream.nullInputStream(), Check.HEADS, findings::add);
    }

    private static List<Line> rest(RecordingReader reader) throws IOException {
        List<Line> lines = new ArrayList<>();
        Line line = reader.next();
        while (line != null) {
            lines.add(line);
            line = reader.next();
        }
        return lines;
    }

    @Test
    void segmentsAreChained() throws IOException {
        Path a = recording("a.jsonl", Codec.PLAIN, TestLines.lines(1, 100));
        Path b = recording("b.jsonl.zst", Codec.ZSTD, TestLines.lines(101, 200));
        Path c = recording("c.jsonl.gz", Codec.GZIP, TestLines.lines(201, 300));
        try (RecordingReader reader = reader(a, b, c)) {
            assertThat(rest(reader)).isEqualTo(TestLines.lines(1, 300));
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void aSegmentThatIsMissingIsAGapAndAnotherRunIsNone() throws IOException {
        Path a = recording("a.jsonl", Codec.PLAIN, TestLines.lines(1, 3));
        Path b = recording("b.jsonl", Codec.PLAIN, TestLines.lines(7, 9));
        try (RecordingReader reader = reader(a, b, a)) {
            assertThat(rest(reader)).hasSize(9);
        }
        assertThat(findings).containsExactly(new Finding.Gap(b.toString(), 3, 7));
    }

    @ParameterizedTest
    @EnumSource
    void anyTimeIsFound(Codec codec) throws IOException {
        List<Line> lines = TestLines.lines(1, 5000);
        Path file = recording("run", codec, lines);
        for (long seq : new long[] {1, 2, 63, 64, 65, 2499, 4096, 4999, 5000}) {
            try (RecordingReader reader = reader(file)) {
                reader.seek(TestLines.line(seq).time());
                assertThat(reader.peek()).as("seq %s", seq).isEqualTo(TestLines.line(seq));
                assertThat(rest(reader)).hasSize((int) (5001 - seq));
            }
        }
        try (RecordingReader reader = reader(file)) {
            reader.seek(TestLines.line(2500).time().plusMillis(1));
            assertThat(reader.next()).isEqualTo(TestLines.line(2501));
        }
        try (RecordingReader reader = reader(file)) {
            reader.seek(Instant.parse("2000-01-01T00:00:00Z"));
            assertThat(reader.next()).isEqualTo(TestLines.line(1));
        }
        try (RecordingReader reader = reader(file)) {
            reader.seek(Instant.parse("2100-01-01T00:00:00Z"));
            assertThat(reader.next()).isNull();
        }
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTimeIsFoundInATornRecordingToo(Codec codec) throws IOException {
        byte[] bytes = TestRecordings.of(codec, TestLines.lines(1, 5000), 64).bytes();
        Path file = file("run", Arrays.copyOf(bytes, bytes.length / 2));
        try (RecordingReader reader = reader(file)) {
            reader.seek(TestLines.line(2000).time());
            assertThat(reader.next()).isEqualTo(TestLines.line(2000));
        }
    }

    @Test
    void aTimeIsFoundInTheRightSegment() throws IOException {
        Path a = recording("a.jsonl.zst", Codec.ZSTD, TestLines.lines(1, 100));
        Path empty = recording("b.jsonl.zst", Codec.ZSTD, List.of());
        Path c = recording("c.jsonl.zst", Codec.ZSTD, TestLines.lines(101, 200));
        for (long seq : new long[] {1, 100, 101, 150, 200}) {
            try (RecordingReader reader = reader(a, empty, c)) {
                reader.seek(TestLines.line(seq).time());
                assertThat(reader.next()).isEqualTo(TestLines.line(seq));
            }
        }
        try (RecordingReader reader = reader(empty, a, c, empty)) {
            assertThat(reader.first()).isEqualTo(TestLines.line(1));
            assertThat(reader.last()).isEqualTo(TestLines.line(200));
            reader.seek(TestLines.line(150).time());
            assertThat(rest(reader)).hasSize(51);
        }
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPipeIsReadAndSoughtFromItsBeginning(Codec codec) throws IOException {
        byte[] bytes = TestRecordings.of(codec, TestLines.lines(1, 5000), 64).bytes();
        InputStream pipe = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 777));
            }
        };
        try (RecordingReader reader =
                RecordingReader.open(List.of(RecordingReader.STDIN), pipe, Check.ALL, findings::add)) {
            assertThat(reader.first()).isEqualTo(TestLines.line(1));
            assertThatThrownBy(reader::last).hasMessageContaining("standard input");
            reader.seek(TestLines.line(4000).time());
            assertThat(rest(reader)).hasSize(1001);
        }
        assertThat(findings).isEmpty();
    }

    /** One frame of zstd over all, as {@code zstd} makes it of a plain recording: larger than what is kept in memory. */
    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aChunkOfAnySizeIsReadOnceItIsChecked(Codec codec) throws IOException {
        List<Line> lines = TestLines.lines(1, 60_000);
        byte[] plain = TestRecordings.of(Codec.PLAIN, lines, 64).bytes();
        assertThat(plain.length).isGreaterThan(Chunks.MOST_CONTENT);
        byte[] bytes = codec == Codec.ZSTD ? zstd(plain) : gzip(plain);
        try (RecordingReader reader = reader(file("run", bytes))) {
            assertThat(rest(reader)).hasSize(60_000);
        }
        assertThat(findings).isEmpty();

        try (RecordingReader reader = reader(file("torn", Arrays.copyOf(bytes, bytes.length - 100)))) {
            List<Line> read = rest(reader);
            assertThat(read).hasSizeGreaterThan(50_000).isEqualTo(lines.subList(0, read.size()));
        }
        assertThat(findings).singleElement().isInstanceOf(Finding.Torn.class);
    }

    private static byte[] zstd(byte[] plain) {
        byte[] compressed = Zstd.compress(plain);
        return compressed;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void linesMayGoOnInTheNextChunk() throws IOException {
        byte[] plain =
                TestRecordings.of(Codec.PLAIN, TestLines.lines(1, 100), 64).bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < plain.length; at += 1000) {
            out.writeBytes(Zstd.compress(Arrays.copyOfRange(plain, at, Math.min(at + 1000, plain.length))));
        }
        Path file = file("run.zst", out.toByteArray());
        try (RecordingReader reader = reader(file)) {
            assertThat(rest(reader)).isEqualTo(TestLines.lines(1, 100));
        }
        try (RecordingReader reader = reader(file)) {
            reader.seek(TestLines.line(50).time());
            assertThat(rest(reader)).isEqualTo(TestLines.lines(50, 100));
        }
        assertThat(findings).isEmpty();
    }

    /** As {@code pzstd} makes it. */
    @Test
    void framesThatAreForOtherProgramsAreSkipped() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
        for (Line line : TestLines.lines(1, 3)) {
            out.writeBytes(skippable);
            out.writeBytes(Zstd.compress(
                    TestRecordings.of(Codec.PLAIN, List.of(line), 64).bytes()));
        }
        try (RecordingReader reader = reader(file("run", out.toByteArray()))) {
            assertThat(rest(reader)).isEqualTo(TestLines.lines(1, 3));
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        assertThatThrownBy(() -> reader(folder.resolve("missing"))).hasMessageEndingWith("missing' does not exist");
        assertThatThrownBy(() -> reader(folder)).hasMessageEndingWith("is a directory, not a recording");
        Path zeroes = file("zeroes.jsonl", new byte[33 << 20]);
        try (RecordingReader reader = reader(zeroes)) {
            assertThatThrownBy(reader::next)
                    .hasMessageContaining("zeroes.jsonl: has a line of more than 16 MiB at byte 0");
        }
    }

    @Test
    void aLineWithoutItsEndIsAFrameIfItIsWhole() throws IOException {
        Path file = file("run.jsonl", TestLines.line(1).json());
        try (RecordingReader reader = reader(file)) {
            assertThat(rest(reader)).hasSize(1);
        }
        assertThat(findings).isEmpty();
        assertThat(new String(TestLines.line(1).json(), StandardCharsets.UTF_8)).doesNotContain("\n");
    }
}
