package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.record.codec.Codec;
import io.smi.record.codec.Encoder;
import io.smi.schema.Answer;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameBuilder;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recording of ten minutes from 23:55 on, a frame a second. */
class ReplayCommandTest {
    private static final Instant START = Instant.parse("2026-11-22T23:55:00Z");
    private static final int FRAMES = 600;

    @TempDir
    Path folder;

    private Path recording;

    @BeforeEach
    void record() throws IOException {
        recording = Files.write(folder.resolve("run.jsonl.zst"), recording(1, FRAMES));
    }

    private static byte[] recording(int first, int last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Encoder encoder = Codec.ZSTD.encoder(3, List.of())) {
            for (int seq = first; seq <= last; seq++) {
                byte[] json = EncodedFrame.of(frame(seq)).bytes();
                out.writeBytes(copy(encoder.line(json)));
                if (seq % 64 == 0) {
                    out.writeBytes(copy(encoder.endChunk()));
                }
            }
            out.writeBytes(copy(encoder.endChunk()));
            out.writeBytes(copy(encoder.endFile()));
        }
        return out.toByteArray();
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static SnapshotFrame frame(int seq) {
        Memory memory =
                MemoryBuilder.builder().totalBytes(1000L).usedBytes((long) seq).build();
        return FrameBuilder.withInclude(Set.of(Section.GPU, Section.MEMORY))
                .gpus(() -> new Answer<>(List.of(), List.of()))
                .memory(() -> new Answer<>(List.of(memory), List.of()))
                .build(seq, START.plusSeconds(seq - 1), 1000L, "node1");
    }

    private static List<Integer> seqs(String out) {
        return out.lines()
                .map(line -> Integer.valueOf(line.replaceFirst("\\{\"schema\":1,\"seq\":([0-9]+),.*", "$1")))
                .toList();
    }

    @Test
    void jsonIsWhatWasRecorded() {
        Run run = Run.smi("replay", "--json", recording.toString());
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(FRAMES);
        assertThat(lines.get(41))
                .isEqualTo(new String(EncodedFrame.of(frame(42)).bytes(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --from 23:56Z --to 23:57Z                    , 61, 121
            --from 23:59:59.500Z --to 00:00:01Z          , 301, 302
            --from 2026-11-23T00:01:00Z --to +361s       , 361, 362
            --from 2026-11-23T02:01:00+02:00 --to +360s  , 361, 361
            --from +10s --to +12s                        , 11, 13
            --from -3s                                   , 597, 600
            --to -598s                                   , 1, 2
            --from 2020-01-01T00:00:00Z --to +0s         , 1, 1
            """)
    void timesAreFound(String options, int first, int last) {
        String[] arguments = ("replay --json " + options + " " + recording).split(" ", -1);
        Run run = Run.smi(arguments);
        assertThat(run.err()).isEmpty();
        List<Integer> seqs = seqs(run.out());
        assertThat(seqs.getFirst()).isEqualTo(first);
        assertThat(seqs.getLast()).isEqualTo(last);
        assertThat(seqs).hasSize(last - first + 1);
    }

    @Test
    void aTimeThatWasNotRecordedIsTold() {
        Run run = Run.smi("replay", "--json", "--from", "2027-01-01T00:00:00Z", recording.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("smi: no frame of that time: the recording goes from 2026-11-22T23:55:00Z to"
                        + " 2026-11-23T00:04:59Z\n");
    }

    @Test
    void oneFramePerTimeAndTheSectionsThatAreWanted() {
        Run run = Run.smi("replay", "--json", "--every", "1m", "--include", "gpu", recording.toString());
        assertThat(seqs(run.out())).containsExactly(1, 61, 121, 181, 241, 301, 361, 421, 481, 541);
        assertThat(run.out()).contains("\"gpus\":[]").doesNotContain("memory");
    }

    @Test
    void aTablePerFrame() {
        Run run = Run.smi("replay", "--to", "+1s", recording.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out().split("MEM", -1)).hasSize(3);
    }

    @Test
    void metricsAreThoseOfTheLastFrame() {
        Run run = Run.smi("replay", "--to", "+9s", "--format", "prometheus", recording.toString());
        assertThat(run.out())
                .contains("smi_memory_used_bytes 10.0\n")
                .containsOnlyOnce("# HELP smi_memory_used_bytes ");
    }

    @Test
    void theSpeedIsThatOfTheRecording() {
        long start = System.nanoTime();
        Run run = Run.smi("replay", "--json", "--to", "+2s", "--speed", "10", recording.toString());
        assertThat(run.out().lines()).hasSize(3);
        assertThat(System.nanoTime() - start).isGreaterThan(199_000_000L);
    }

    @Test
    void aWholeRecordingIsVerified() {
        Run run = Run.smi("replay", "--verify", recording.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                frames          600
                seq             1 to 600
                first           2026-11-22T23:55:00Z
                last            2026-11-23T00:04:59Z
                gaps            0
                missing frames  0
                damaged bytes   0
                torn bytes      0
                bad lines       0
                out of order    0
                clock set back  0
                result          whole
                """);
    }

    @Test
    void aTornRecordingIsPrintedUpToThereAndFailsToVerify() throws IOException {
        byte[] bytes = Files.readAllBytes(recording);
        Path torn = Files.write(folder.resolve("torn.zst"), Arrays.copyOf(bytes, bytes.length / 2));
        Run printed = Run.smi("replay", "--json", torn.toString());
        assertThat(printed.code()).isZero();
        int last = seqs(printed.out()).getLast();
        assertThat(printed.err()).matches("smi: \\S+torn.zst: torn at byte [0-9]+, after seq " + last + ": .*\n");
        Run verified = Run.smi("replay", "--verify", torn.toString());
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.err()).isEqualTo(printed.err());
        assertThat(verified.out()).contains("result          damaged\n");
    }

    @Test
    void damageInTheMiddleIsAFailure() throws IOException {
        byte[] bytes = Files.readAllBytes(recording);
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.zst"), bytes);
        Run run = Run.smi("replay", "--json", damaged.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(seqs(run.out())).hasSize(FRAMES - 64);
        assertThat(run.err()).contains("damaged from byte ", " are lost");
    }

    @Test
    void framesThatAreMissingAreAnExitCodeOfTheirOwn() throws IOException {
        Path later = Files.write(folder.resolve("later.zst"), recording(FRAMES + 11, FRAMES + 20));
        Run run = Run.smi("replay", "--verify", recording.toString(), later.toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("missing frames  10\n", "result          incomplete\n");
    }

    @Test
    void aRecordingIsDescribed() {
        Run run = Run.smi("replay", "--info", recording.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("codec           zstd\n", "host            node1\n", "sections        gpu,memory\n")
                .contains("interval        1000 ms\n", "seq             1 to 600\n", "duration        00:09:59\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            replay                             | smi: needs a FILE, or - for standard input
            replay /nowhere.zst                | smi: '/nowhere.zst' does not exist
            replay --from noon x               | '--from': 'noon' is not a time of day such as 14:30
            replay --from 25:00 x              | '--from': '25:00' is not a time of day such as 14:30
            replay --from +5 x                 | '--from': '5' is not 0, or a number with ms, s, m or h
            replay --speed 0 x                 | '--speed': '0' is not max, or a number from 0.01
            replay --every 1 x                 | '--every': '1' is not a number with ms, s, m or h
            replay --verify --json x           | --json goes without --verify
            replay --verify --info x           | --verify and --info: one of them
            replay --include gpus x            | '--include': unknown section 'gpus'
            """)
    void wrongUsageIsOneLine(String arguments, String message) {
        Run run = Run.smi(arguments.split(" ", -1));
        assertThat(run.code()).isIn(1, 2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).hasLineCount(1);
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        Run run = Run.smi("replay", "--from", "+10s", "--to", "+5s", recording.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("smi: --to, 2026-11-22T23:55:05Z, is before --from, 2026-11-22T23:55:10Z");
    }
}
