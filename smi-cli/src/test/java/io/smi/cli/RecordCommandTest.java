package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.FrameDecoder;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code smi record} of a machine that has nothing but memory. */
class RecordCommandTest {
    @TempDir
    Path machine;

    @BeforeEach
    void makeMachine() throws IOException {
        Files.createDirectories(machine.resolve("proc/sys/kernel"));
        Files.createDirectories(machine.resolve("sys"));
        Files.writeString(machine.resolve("proc/sys/kernel/hostname"), "little/one\n");
        Files.writeString(machine.resolve("proc/meminfo"), "MemTotal:  1024 kB\nMemAvailable:  256 kB\n");
    }

    private Run record(String... options) {
        List<String> args = new ArrayList<>(List.of("record"));
        args.addAll(List.of("--path.procfs", machine.resolve("proc").toString()));
        args.addAll(List.of("--path.sysfs", machine.resolve("sys").toString()));
        args.addAll(List.of("--include", "memory"));
        args.addAll(Arrays.asList(options));
        return Run.smi(args.toArray(String[]::new));
    }

    private static List<SnapshotFrame> frames(String lines) throws IOException {
        List<SnapshotFrame> frames = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            frames.add(FrameDecoder.decode(line.getBytes(StandardCharsets.UTF_8)));
        }
        return frames;
    }

    private List<SnapshotFrame> frames(Path file) throws IOException {
        return frames(Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({"5s, 100ms, 50", "1s, 300ms, 4", "1ms, 1s, 1", "1s, 1s, 1", "1001ms, 1s, 2"})
    void aDurationHasSoManyTicks(String duration, String interval, long ticks) {
        assertThat(LocalSource.ticks(Durations.TIMEOUT.convert(duration), Durations.INTERVAL.convert(interval)))
                .isEqualTo(ticks);
        assertThat(LocalSource.ticks(Duration.ofDays(365), Duration.ofMillis(50)))
                .isEqualTo(630_720_000L);
    }

    @Test
    void aRecordingHasAFrameEachTickAndTheFirstHasAnInterval() throws IOException {
        Path file = machine.resolve("run.jsonl");
        Run run = record("-o", file.toString(), "--interval", "50ms", "--duration", "200ms");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        List<SnapshotFrame> frames = frames(file);
        assertThat(frames).hasSizeBetween(1, 4);
        assertThat(frames.getFirst().seq()).isOne();
        assertThat(frames.getFirst().intervalMs()).isGreaterThanOrEqualTo(50);
        assertThat(run.err().lines())
                .last()
                .asString()
                .matches("smi: recorded " + frames.size() + " frames? to \\Q" + file + "\\E \\([0-9.]+ K?i?B\\)");
    }

    @Test
    void quietSaysNothing() {
        Run run = record("-o", machine.resolve("a.zst").toString(), "--duration", "1ms", "--quiet");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void standardOutputGetsPlainLines() throws IOException {
        Run run = record("-o", "-", "--interval", "50ms", "--duration", "100ms", "--quiet");
        assertThat(run.code()).isZero();
        assertThat(frames(run.out())).isNotEmpty();
    }

    @Test
    void appendGoesOnWithSeqAndForceBeginsAnew() throws IOException {
        Path file = machine.resolve("run.jsonl");
        record("-o", file.toString(), "--duration", "1ms");
        Run refused = record("-o", file.toString(), "--duration", "1ms");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("smi: cannot record: " + file + ": exists; --append goes on in it, --force overwrites it\n");
        assertThat(record("-o", file.toString(), "--duration", "1ms", "--append")
                        .code())
                .isZero();
        assertThat(frames(file)).extracting(SnapshotFrame::seq).containsExactly(1L, 2L);
        assertThat(record("-o", file.toString(), "--duration", "1ms", "--force").code())
                .isZero();
        assertThat(frames(file)).extracting(SnapshotFrame::seq).containsExactly(1L);
    }

    @Test
    void aNameMayHoldHostAndDate() throws IOException {
        Run run = record("-o", machine + "/host={host}/{date}/run-{time}.jsonl", "--duration", "1ms");
        assertThat(run.code()).isZero();
        try (var files = Files.walk(machine.resolve("host=little_one"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .asString()
                    .matches(".*/host=little_one/\\d{4}-\\d\\d-\\d\\d/run-\\d{8}T\\d{6}\\.\\d{3}Z\\.jsonl");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() throws IOException {
        String url;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + socket.getLocalPort();
        }
        Run run = Run.smi("record", "-o", machine.resolve("a.zst").toString(), "--from", url);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("smi: cannot record: ").contains(url).hasLineCount(1);
        assertThat(machine.resolve("a.zst")).doesNotExist();
    }
}
