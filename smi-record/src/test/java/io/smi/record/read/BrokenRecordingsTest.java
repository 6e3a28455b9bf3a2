package io.smi.record.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.record.Line;
import io.smi.record.TestLines;
import io.smi.record.TestRecordings;
import io.smi.record.codec.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recordings that lack bytes, or have others than were written. */
class BrokenRecordingsTest {
    private static final List<Line> LINES = TestLines.lines(1, 10);

    private static String name(Codec codec) {
        return switch (codec) {
            case PLAIN -> "run.jsonl";
            case GZIP -> "run.jsonl.gz";
            case ZSTD -> "run.jsonl.zst";
        };
    }

    @ParameterizedTest
    @EnumSource
    void aWholeRecordingIsReadWhole(Codec codec) {
        TestRecordings whole = TestRecordings.of(codec, LINES, 4);
        ReadBack read = ReadBack.of(name(codec), whole.bytes());
        assertThat(read.lines()).isEqualTo(LINES);
        assertThat(read.findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whereverItIsTornTheWholeLinesBeforeAreRead(Codec codec) {
        TestRecordings whole = TestRecordings.of(codec, LINES, 4);
        for (int length = 0; length < whole.bytes().length; length++) {
            ReadBack read = ReadBack.of(name(codec), Arrays.copyOf(whole.bytes(), length));
            int left = length;
            long before = whole.lineEnds().stream().filter(end -> end <= left).count();
            assertThat(read.lines())
                    .as("lines of %s bytes", length)
                    .isEqualTo(LINES.subList(0, read.lines().size()));
            // One more when only its flush's last bytes or its line end are missing.
            assertThat(read.lines().size() - before)
                    .as("more lines of %s bytes", length)
                    .isBetween(0L, 1L);
            assertThat(read.findings()).as("findings of %s bytes", length).allSatisfy(finding -> {
                assertThat(finding).isInstanceOf(Finding.Torn.class);
                Finding.Torn torn = (Finding.Torn) finding;
                assertThat(torn.at() + torn.bytes()).isEqualTo(left);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTornRecordingNamesTheByte(Codec codec) {
        TestRecordings whole = TestRecordings.of(codec, LINES, 64);
        int seventh = whole.lineEnds().get(6);
        ReadBack read = ReadBack.of(name(codec), Arrays.copyOf(whole.bytes(), seventh + 5));
        assertThat(read.findings()).containsExactly(new Finding.Torn(name(codec), seventh, 5, 7L));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void noFlippedByteMakesAWrongFrame(Codec codec) {
        TestRecordings whole = TestRecordings.of(codec, LINES, 4);
        for (int at = 0; at < whole.bytes().length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                byte[] bytes = whole.bytes().clone();
                bytes[at] ^= (byte) flip;
                ReadBack read = ReadBack.of(name(codec), bytes);
                assertThat(read.lines()).as("byte %s", at).isSubsetOf(LINES);
                if (!read.lines().equals(LINES)) {
                    assertThat(read.findings()).as("byte %s", at).isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void afterDamageReadingGoesOnAtTheNextChunk(Codec codec) {
        byte[] bytes = TestRecordings.of(codec, LINES, 4).bytes();
        int second = TestRecordings.of(codec, LINES.subList(0, 4), 4).bytes().length - endMark(codec, 1);
        int third = TestRecordings.of(codec, LINES.subList(0, 8), 4).bytes().length - endMark(codec, 2);
        bytes[(second + third) / 2] ^= 1;
        ReadBack read = ReadBack.of(name(codec), bytes);
        assertThat(read.lines()).extracting(Line::seq).containsExactly(1L, 2L, 3L, 4L, 9L, 10L);
        assertThat(read.findings()).containsExactly(new Finding.Damaged(name(codec), second, third, 4L, 9L));
        assertThat(read.findings().getFirst().message())
                .endsWith(": damaged from byte " + second + " to " + third + ", seq 5 to 8 are lost");
    }

    private static int endMark(Codec codec, int chunks) {
        return codec == Codec.GZIP ? 20 : 17 + 8 * chunks;
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aLastChunkThatIsDamagedButNotTornIsNotReleased(Codec codec) {
        byte[] bytes = TestRecordings.of(codec, LINES, 64).bytes();
        bytes[bytes.length / 2] ^= 1;
        ReadBack read = ReadBack.of(name(codec), bytes);
        assertThat(read.lines()).isEmpty();
        assertThat(read.findings()).singleElement().isInstanceOf(Finding.Damaged.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aTailOfZeroesIsTorn(Codec codec) {
        TestRecordings whole = TestRecordings.of(codec, LINES, 64);
        int fifth = whole.lineEnds().get(4);
        byte[] bytes = Arrays.copyOf(Arrays.copyOf(whole.bytes(), fifth), fifth + 4096);
        ReadBack read = ReadBack.of(name(codec), bytes);
        assertThat(read.lines()).isEqualTo(LINES.subList(0, 5));
        assertThat(read.findings()).singleElement().isInstanceOf(Finding.Torn.class);
    }

    @Test
    void aPlainLineThatIsNoFrameIsToldWithItsByte() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] good = TestRecordings.of(Codec.PLAIN, LINES.subList(0, 2), 64).bytes();
        bytes.writeBytes(good);
        bytes.writeBytes("{\"schema\":1,\"seq\":3}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(TestRecordings.of(Codec.PLAIN, LINES.subList(3, 5), 64).bytes());
        ReadBack read = ReadBack.of("run.jsonl", bytes.toByteArray());
        assertThat(read.lines()).extracting(Line::seq).containsExactly(1L, 2L, 4L, 5L);
        assertThat(read.findings()).hasSize(2);
        assertThat(read.findings().get(0)).isInstanceOfSatisfying(Finding.BadLine.class, bad -> {
            assertThat(bad.at()).isEqualTo(good.length);
            assertThat(bad.reason()).contains("timestamp");
        });
        assertThat(read.findings().get(1)).isEqualTo(new Finding.Gap("run.jsonl", 2, 4));
    }

    @Test
    void framesThatAreMissingOrOutOfOrderAreTold() {
        List<Line> lines = List.of(LINES.get(0), LINES.get(4), LINES.get(2));
        byte[] bytes = TestRecordings.of(Codec.ZSTD, lines, 64).bytes();
        ReadBack read = ReadBack.of("run.jsonl.zst", bytes);
        assertThat(read.lines()).isEqualTo(lines);
        assertThat(read.findings())
                .containsExactly(
                        new Finding.Gap("run.jsonl.zst", 1, 5), new Finding.OutOfOrder("run.jsonl.zst", 0, 5, 3));
    }

    @Test
    void blankLinesAndUnknownKeysAreNoMatter() {
        String text = "\n" + new String(LINES.get(0).json(), StandardCharsets.UTF_8) + "\r\n \n"
                + new String(LINES.get(1).json(), StandardCharsets.UTF_8)
                        .replace("\"hostname\"", "\"later\":{\"a\":[1]},\"hostname\"");
        ReadBack read = ReadBack.of("-", text.getBytes(StandardCharsets.UTF_8));
        assertThat(read.lines()).extracting(Line::seq).containsExactly(1L, 2L);
        assertThat(read.findings()).isEmpty();
    }

    /** A last chunk that has its checksum, in a file that lacks its end mark: not torn, so not to be given out unchecked. */
    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void noFlippedByteMakesAWrongFrameWithoutAnEndMarkEither(Codec codec) {
        byte[] closed = TestRecordings.of(codec, LINES, 64).bytes();
        byte[] whole = Arrays.copyOf(closed, closed.length - endMark(codec, 1));
        assertThat(ReadBack.of(name(codec), whole)).isEqualTo(new ReadBack(LINES, List.of()));
        for (int at = codec == Codec.GZIP ? 10 : 6; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x10;
            ReadBack read = ReadBack.of(name(codec), bytes);
            assertThat(read.lines()).as("byte %s", at).isSubsetOf(LINES);
            assertThat(read.findings().isEmpty() && !read.lines().equals(LINES))
                    .as("byte %s", at)
                    .isFalse();
        }
    }

    @Test
    void whatFollowsAWholeFileIsDamageAndATornTableIsTorn() {
        byte[] closed = TestRecordings.of(Codec.ZSTD, LINES, 64).bytes();
        byte[] more = Arrays.copyOf(closed, closed.length + 5);
        System.arraycopy("hello".getBytes(StandardCharsets.UTF_8), 0, more, closed.length, 5);
        assertThat(ReadBack.of("run.zst", more).findings())
                .containsExactly(new Finding.Damaged("run.zst", closed.length, more.length, 10L, null));
        int table = closed.length - endMark(Codec.ZSTD, 1);
        for (int length = table + 1; length < closed.length; length++) {
            assertThat(ReadBack.of("run.zst", Arrays.copyOf(closed, length)).findings())
                    .containsExactly(new Finding.Torn("run.zst", table, length - table, 10L));
        }
    }

    /** Each of many frames holds what looks like the beginning of another: a search in each of each would never end. */
    @Test
    @Timeout(60)
    void manyFalseBeginningsTakeNoTime() {
        byte[] line = "{\"schema\":1,\"seq\":1,\"timestamp\":\"2026-11-23T00:00:00.000Z\",\"interval_ms\":1}\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04, 0x58};
        byte[] inner = join(header, block(line));
        byte[] unit = block(inner);
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        nested.writeBytes(inner);
        while (nested.size() < 8 << 20) {
            nested.writeBytes(unit);
        }
        assertThat(ReadBack.of("run.zst", nested.toByteArray()).findings()).isNotEmpty();
    }

    /** A block of zstd that is not compressed, and not the last. */
    private static byte[] block(byte[] content) {
        int header = content.length << 3;
        return join(new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)}, content);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
