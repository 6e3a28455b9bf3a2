package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import io.smi.record.TestLines;
import io.smi.record.TestRecordings;
import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import io.smi.record.read.Tail;
import io.smi.record.write.RecordingFiles.Existing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Going on in a file that a killed process has left, and when that is killed itself. */
class RepairTest {
    private static final int PER_CHUNK = 4;
    /** The last of these chunks is torn after its second line. */
    private static final int WHOLE_LINES = 10;
    /** Not every byte, for each try syncs the disk several times. */
    private static final int STRIDE = 11;

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    private Path file(Codec codec) {
        return folder.resolve(
                switch (codec) {
                    case PLAIN -> "a.jsonl";
                    case GZIP -> "a.jsonl.gz";
                    case ZSTD -> "a.jsonl.zst";
                });
    }

    private Path side(Path file) {
        return folder.resolve(file.getFileName() + ".rescued.jsonl");
    }

    private Path unfinished(Path file) {
        return folder.resolve(file.getFileName() + ".rescued.jsonl.tmp");
    }

    private Recording open(Path file, Existing existing) throws RecordingException {
        Codec codec = Codec.ofName(file.toString());
        return RecordingFiles.one(
                NamePattern.parse(file.toString()),
                "node1",
                existing,
                new FileSettings(codec, codec.defaultLevel(), Duration.ofSeconds(5)),
                told::add);
    }

    /** Appends a frame; all frames must be there then, and nothing be left beside the file. */
    private void goOn(Path file, List<Line> before) throws Exception {
        long last = before.isEmpty() ? 0 : before.getLast().seq();
        try (Recording recording = open(file, Existing.APPEND)) {
            assertThat(recording.totals().lastSeq()).isEqualTo(last);
            recording.write(TestLines.line(last + 1));
        }
        List<Line> all = new ArrayList<>(before);
        all.add(TestLines.line(last + 1));
        assertThat(ReadFile.byOthers(file)).isEqualTo(all);
        assertThat(ReadFile.of(file)).isEqualTo(new ReadFile(all, List.of()));
        assertThat(side(file)).doesNotExist();
        assertThat(unfinished(file)).doesNotExist();
    }

    private static byte[] plain(List<Line> lines) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Line line : lines) {
            content.writeBytes(line.json());
            content.write('\n');
        }
        return content.toByteArray();
    }

    private static TestRecordings whole(Codec codec) {
        return TestRecordings.of(codec, TestLines.lines(1, 12), PER_CHUNK);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aClosedFileGoesOnAndNothingIsTold(Codec codec) throws Exception {
        List<Line> lines = TestLines.lines(1, 12);
        Files.write(file(codec), whole(codec).bytes());
        goOn(file(codec), lines);
        lines.add(TestLines.line(13));
        goOn(file(codec), lines);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void anEmptyOrMissingFileIsBegun(Codec codec) throws Exception {
        goOn(file(codec), List.of());
        Files.delete(file(codec));
        Files.createFile(file(codec));
        goOn(file(codec), List.of());
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void whereverItIsTornAllWholeLinesStay(Codec codec) throws Exception {
        TestRecordings whole = whole(codec);
        for (int length = whole.lineEnds().get(0); length <= whole.bytes().length; length += STRIDE) {
            Files.write(file(codec), Arrays.copyOf(whole.bytes(), length));
            int end = length;
            long left = whole.lineEnds().stream().filter(at -> at <= end).count();
            List<Line> lines = ReadFile.of(file(codec)).lines();
            assertThat(lines).hasSizeGreaterThanOrEqualTo((int) left);
            goOn(file(codec), lines);
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void whatHoldsNoWholeFrameMayBeAnything(Codec codec) throws Exception {
        byte[] torn =
                Arrays.copyOf(whole(codec).bytes(), whole(codec).lineEnds().get(0) / 2);
        Files.write(file(codec), torn);
        assertThatThrownBy(() -> open(file(codec), Existing.APPEND))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file(codec) + ": holds no whole frame: not a recording");
        assertThat(file(codec)).hasBinaryContent(torn);
    }

    @Test
    void whatWasRepairedIsTold() throws Exception {
        TestRecordings whole = whole(Codec.ZSTD);
        Path file = file(Codec.ZSTD);
        int tornAt = whole.lineEnds().get(WHOLE_LINES - 1);
        Files.write(file, Arrays.copyOf(whole.bytes(), tornAt + 5));
        goOn(file, TestLines.lines(1, WHOLE_LINES));
        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .isEqualTo(file + ": torn at byte " + tornAt
                        + ", after seq 10: 5 bytes of a frame that was not written whole were cut off");
        assertThat(told.get(1))
                .startsWith(file + ": was not closed: its end, 2 frames from seq 9 to 10, was written again");
    }

    /** The states in which a kill can leave the two files, each in turn. */
    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZIP", "ZSTD"})
    void aRepairThatIsKilledAnywhereLosesNothing(Codec codec) throws Exception {
        for (int before : new int[] {0, 2 * PER_CHUNK}) {
            List<Line> all = TestLines.lines(1, before + 2);
            List<Line> saved = TestLines.lines(before + 1, before + 2);
            byte[] bytes = whole(codec).bytes();
            byte[] torn = Arrays.copyOf(bytes, whole(codec).lineEnds().get(before + 1) + 3);
            for (int i = 0; i <= plain(saved).length; i += STRIDE) {
                killed(file(codec), torn, Arrays.copyOf(plain(saved), i), all);
            }
            killed(file(codec), torn, plain(saved), all);
            byte[] again = TestRecordings.of(codec, all, PER_CHUNK).bytes();
            int end = wholeLength(codec, again);
            for (int i = before == 0 ? 0 : wholeLength(codec, torn); i < end; i += STRIDE) {
                killed(file(codec), Arrays.copyOf(again, i), plain(saved), all);
            }
            killed(file(codec), Arrays.copyOf(again, end), plain(saved), all);
            killed(file(codec), again, plain(saved), all);
        }
    }

    private void killed(Path file, byte[] recording, byte[] saved, List<Line> all) throws Exception {
        Files.write(file, recording);
        Files.write(side(file), saved);
        Files.write(unfinished(file), plain(TestLines.lines(7, 9)));
        goOn(file, all);
    }

    private int wholeLength(Codec codec, byte[] recording) throws IOException {
        Path file = Files.write(file(codec), recording);
        try (FileChannel channel = FileChannel.open(file)) {
            return (int) Tail.of(channel, file.toString()).whole();
        }
    }

    /** A power failure in the middle of a repair may leave room that was never filled. */
    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZIP", "ZSTD"})
    void whatIsGarbledIsTakenFromWhatWasSaved(Codec codec) throws Exception {
        byte[] bytes = whole(codec).bytes();
        ByteArrayOutputStream garbled = new ByteArrayOutputStream();
        int whole =
                wholeLength(codec, Arrays.copyOf(bytes, whole(codec).lineEnds().get(WHOLE_LINES - 1)));
        garbled.write(bytes, 0, whole);
        try (Encoder encoder = codec.encoder(codec.defaultLevel(), List.of())) {
            for (byte[] line : List.of(
                    TestLines.line(9).json(), new byte[500], TestLines.line(11).json())) {
                ByteBuffer part = encoder.line(line);
                garbled.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
            }
        }
        List<Line> all = TestLines.lines(1, 12);
        killed(file(codec), garbled.toByteArray(), plain(TestLines.lines(9, 12)), all);
        byte[] hollow = Arrays.copyOf(bytes, wholeLength(codec, bytes));
        Arrays.fill(hollow, whole + (hollow.length - whole) / 3, whole + (hollow.length - whole) / 2, (byte) 0);
        killed(file(codec), hollow, plain(TestLines.lines(9, 12)), all);
    }

    /** Written again, it could be lost when the disk is full; a second name of the file shows whether it was. */
    @Test
    void whatIsSavedIsNotWrittenAgain() throws Exception {
        Path file = file(Codec.ZSTD);
        TestRecordings whole = whole(Codec.ZSTD);
        Files.write(file, Arrays.copyOf(whole.bytes(), whole.lineEnds().get(WHOLE_LINES - 1)));
        Files.write(side(file), plain(TestLines.lines(9, 12)));
        Path second = Files.createLink(folder.resolve("second"), side(file));
        FileTime before = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(second, before);
        goOn(file, TestLines.lines(1, 12));
        assertThat(Files.getLastModifiedTime(second)).isEqualTo(before);
    }

    @Test
    void moreIsSavedWithoutTouchingWhatWasSaved() throws Exception {
        Path file = file(Codec.ZSTD);
        SideFile side = new SideFile(file);
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        side.write(TestLines.lines(1, 2), mode);
        Path second = Files.createLink(folder.resolve("second"), side(file));
        side.write(TestLines.lines(1, 4), mode);
        assertThat(second).hasBinaryContent(plain(TestLines.lines(1, 2)));
        assertThat(side.read()).isEqualTo(TestLines.lines(1, 4));
        Files.createDirectories(unfinished(file).resolve("in the way"));
        assertThatThrownBy(() -> side.write(TestLines.lines(1, 6), mode)).isInstanceOf(RecordingException.class);
        assertThat(side.read()).isEqualTo(TestLines.lines(1, 4));
    }

    /** A server that began anew numbers its frames anew: with the same number they are others. */
    @ParameterizedTest
    @ValueSource(longs = {3, 11})
    void framesOfTheSameNumbersAreNotTheSame(long firstSaved) throws Exception {
        Path file = file(Codec.ZSTD);
        Files.write(file, whole(Codec.ZSTD).bytes());
        List<Line> saved = new ArrayList<>();
        for (long seq = firstSaved; seq <= 12; seq++) {
            saved.add(TestLines.line(seq, TestLines.START.plusSeconds(100 + seq)));
        }
        Files.write(side(file), plain(saved));
        open(file, Existing.APPEND).close();
        List<Line> all = TestLines.lines(1, 12);
        all.addAll(saved);
        assertThat(ReadFile.byOthers(file)).isEqualTo(all);
        assertThat(side(file)).doesNotExist();
    }

    @Test
    void aSideFileThatIsTooLargeIsRefused() throws Exception {
        Path file = file(Codec.ZSTD);
        Files.write(file, whole(Codec.ZSTD).bytes());
        try (FileChannel channel =
                FileChannel.open(side(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), Tail.MOST_RESCUED);
        }
        assertThatThrownBy(() -> open(file, Existing.APPEND))
                .isInstanceOf(RecordingException.class)
                .hasMessage(side(file) + ": holds more than 12 MiB, so it is not what --append saved");
    }

    /** A plain line without its end; a kill leaves it in the side file, in the recording, or in both. */
    @Test
    void aPlainRepairThatIsKilledAnywhereLosesNothing() throws Exception {
        Path file = file(Codec.PLAIN);
        List<Line> all = TestLines.lines(1, 3);
        byte[] bytes = plain(all);
        byte[] saved = plain(TestLines.lines(3, 3));
        int start = plain(TestLines.lines(1, 2)).length;
        for (int i = 0; i <= saved.length; i += STRIDE) {
            killed(file, Arrays.copyOf(bytes, bytes.length - 1), Arrays.copyOf(saved, i), all);
            killed(file, Arrays.copyOf(bytes, start + i), saved, all);
        }
        killed(file, Arrays.copyOf(bytes, bytes.length - 1), saved, all);
        killed(file, bytes, saved, all);
    }

    @Test
    void aSideFileOfSomethingElseIsRefusedAndNothingIsTouched() throws Exception {
        Path file = file(Codec.ZSTD);
        byte[] torn = Arrays.copyOf(
                whole(Codec.ZSTD).bytes(), whole(Codec.ZSTD).lineEnds().get(WHOLE_LINES - 1));
        for (byte[] other : new byte[][] {plain(TestLines.lines(1, 3)), plain(TestLines.lines(10, 11)), {'a', '\n'}}) {
            Files.write(file, torn);
            Files.write(side(file), other);
            assertThatThrownBy(() -> open(file, Existing.APPEND))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageStartingWith(side(file) + ": ");
            assertThat(file).hasBinaryContent(torn);
            assertThat(side(file)).hasBinaryContent(other);
        }
        Files.write(file, whole(Codec.ZSTD).bytes());
        Files.write(side(file), plain(TestLines.lines(3, 5)));
        assertThatThrownBy(() -> open(file, Existing.APPEND)).isInstanceOf(RecordingException.class);
    }

    @Test
    void whatIsSavedBelongsToNoNewRecording() throws Exception {
        Path file = file(Codec.ZSTD);
        Files.write(side(file), plain(TestLines.lines(9, 10)));
        for (Existing existing : Existing.values()) {
            assertThatThrownBy(() -> open(file, existing))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageStartingWith(side(file) + ": holds frames that an interrupted --append has saved");
        }
        assertThat(file).doesNotExist();
        Files.write(file, whole(Codec.ZSTD).bytes());
        assertThatThrownBy(() -> open(file, Existing.OVERWRITE)).hasMessageStartingWith(side(file) + ": holds");
        assertThat(file).hasBinaryContent(whole(Codec.ZSTD).bytes());
    }

    @Test
    void whatCannotBeSavedIsNotCutOff() throws Exception {
        Path file = file(Codec.GZIP);
        byte[] torn = Arrays.copyOf(
                whole(Codec.GZIP).bytes(), whole(Codec.GZIP).lineEnds().get(WHOLE_LINES - 1));
        Files.write(file, torn);
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(side(file), elsewhere);
        assertThatThrownBy(() -> open(file, Existing.APPEND))
                .isInstanceOf(RecordingException.class)
                .hasMessage(side(file) + ": is a symbolic link, which is not followed");
        assertThat(file).hasBinaryContent(torn);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void whatOnlyItsOwnerMayReadStaysSo() throws Exception {
        Path file = file(Codec.ZSTD);
        new SideFile(file).write(TestLines.lines(1, 2), PosixFilePermissions.fromString("rw-------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(side(file))))
                .isEqualTo("rw-------");
        assertThat(new SideFile(file).read()).isEqualTo(TestLines.lines(1, 2));
    }

    @Test
    void theNameMustSayWhatTheContentIs() throws Exception {
        Path file = file(Codec.GZIP);
        Files.write(file, whole(Codec.ZSTD).bytes());
        assertThatThrownBy(() -> open(file, Existing.APPEND))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + ": its name says gzip, its content is zstd");
        assertThat(file).hasBinaryContent(whole(Codec.ZSTD).bytes());
    }

    @Test
    void whatIsNoRecordingStaysAsItIs() throws Exception {
        Path file = folder.resolve("notes.jsonl");
        Files.writeString(file, "buy milk\n");
        assertThatThrownBy(() -> open(file, Existing.APPEND))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file + ": ");
        assertThat(file).hasContent("buy milk\n");
    }

    @Test
    void whatExistsIsRefusedAndOverwrittenOnlyByForce() throws Exception {
        Path file = file(Codec.ZSTD);
        Files.write(file, whole(Codec.ZSTD).bytes());
        assertThatThrownBy(() -> open(file, Existing.REFUSE))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + ": exists; --append goes on in it, --force overwrites it");
        assertThat(file).hasBinaryContent(whole(Codec.ZSTD).bytes());
        open(file, Existing.OVERWRITE).close();
        assertThat(ReadFile.byOthers(file)).isEmpty();
    }

    @Test
    void anotherWritersFileIsLeftAlone() throws Exception {
        Path file = file(Codec.PLAIN);
        Files.write(file, plain(TestLines.lines(1, 2)));
        try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = writer.lock()) {
            assertThat(lock.isValid()).isTrue();
            for (Existing existing : new Existing[] {Existing.APPEND, Existing.OVERWRITE}) {
                assertThatThrownBy(() -> open(file, existing))
                        .isInstanceOf(RecordingException.class)
                        .hasMessage(file + ": is being written by another process");
            }
        }
        assertThat(ReadFile.byOthers(file)).isEqualTo(TestLines.lines(1, 2));
    }
}
