package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameBuilder;
import io.smi.schema.FrameDecoder;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged server, with a recording of two files in place of the machine. */
@Timeout(120)
class ApiReplayIT {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int FRAMES = 10;
    private static final String ENDED = "the recording has ended; its last frame is served from now on";

    @TempDir
    private Path folder;

    private Path one;
    private Path two;

    @BeforeEach
    void record() throws IOException {
        one = write("one.jsonl", 0, FRAMES / 2);
        two = write("two.jsonl", FRAMES / 2, FRAMES);
    }

    private Path write(String name, int from, int to) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(new String(EncodedFrame.of(frame(i)).bytes(), StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve(name), lines);
    }

    /** A machine with one GPU, which is lost in the second half; nobody recorded its processes. */
    private static SnapshotFrame frame(int number) {
        Gpu gpu = GpuBuilder.builder()
                .index(0)
                .uuid("GPU-1")
                .state(number < FRAMES / 2 ? GpuState.OK : GpuState.LOST)
                .build();
        return FrameBuilder.withInclude(Set.of(Section.GPU, Section.MEMORY))
                .gpus(() -> new io.smi.schema.Answer<>(List.of(gpu), List.of()))
                .memory(() -> new io.smi.schema.Answer<>(List.of(), List.of()))
                .build(1 + number, time(number), INTERVAL.toMillis(), "recorded-machine");
    }

    private static Instant time(int number) {
        return START.plus(INTERVAL.multipliedBy(number));
    }

    private ApiProcess replay(String... more) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--replay", one.toString(), two.toString()));
        options.addAll(List.of(more));
        return ApiProcess.start(options.toArray(String[]::new));
    }

    private static SnapshotFrame snapshot(ApiProcess smi, String query) throws Exception {
        try (Answer answer = Answer.get(smi.tcp(), "/snapshot" + query)) {
            assertThat(answer.status()).isEqualTo(200);
            return FrameDecoder.decode(answer.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void itsFramesComeAgainAndAgainWithNumbersOfThisRun() throws Exception {
        long start = System.currentTimeMillis();
        try (ApiProcess smi = replay("--loop");
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            List<Event> frames = events.frames(2 * FRAMES + 1);
            long first = frames.getFirst().frame().seq();
            assertThat(first).isGreaterThanOrEqualTo(start);
            int number = frames.getFirst().frame().timestamp().equals(START) ? 0 : number(frames.getFirst());
            for (Event event : frames) {
                SnapshotFrame frame = event.frame();
                assertThat(event.id()).isEqualTo(String.valueOf(first++));
                assertThat(frame.seq()).isEqualTo(Long.parseLong(event.id()));
                assertThat(frame.timestamp()).isEqualTo(time(number % FRAMES));
                assertThat(frame.hostname()).isEqualTo("recorded-machine");
                assertThat(frame.sections()).containsExactly(Section.GPU, Section.MEMORY);
                number++;
            }
            assertThat(smi.said()).as("nothing but where it serves").hasLineCount(1);
        }
    }

    private static int number(Event event) throws Exception {
        return (int) Duration.between(START, event.frame().timestamp()).dividedBy(INTERVAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?include=gpu&device=GPU-1"})
    void whatBecameOfADeviceIsTold(String query) throws Exception {
        try (ApiProcess smi = replay("--loop");
                EventStream events = EventStream.open(smi.tcp(), "/events" + query)) {
            Event event = events.next();
            while (event != null && !event.kind().equals("device.updated")) {
                event = events.next();
            }
            assertThat(event).isNotNull();
            assertThat(event.data()).contains("\"uuid\":\"GPU-1\"").containsPattern("\"state\":\\[\"(ok|lost)\"");
        }
    }

    @Test
    void whoeverAsksForASectionThatNobodyRecordedGetsTheFrameWithout() throws Exception {
        try (ApiProcess smi = replay("--loop", "--include", "network");
                EventStream memory = EventStream.open(smi.tcp(), "/events?include=memory");
                EventStream processes = EventStream.open(smi.tcp(), "/events?include=process,memory");
                EventStream nothing = EventStream.open(smi.tcp(), "/events?include=process")) {
            for (Event event : memory.frames(3)) {
                assertThat(event.frame().sections()).containsExactly(Section.MEMORY);
            }
            for (Event event : processes.frames(3)) {
                assertThat(event.frame().sections()).containsExactly(Section.MEMORY);
            }
            for (Event event : nothing.frames(3)) {
                assertThat(event.frame().sections()).isEmpty();
            }
            assertThat(snapshot(smi, "?include=process").sections()).isEmpty();
            assertThat(snapshot(smi, "").sections()).containsExactly(Section.GPU, Section.MEMORY);
        }
    }

    @Test
    void afterItsEndTheLastFrameStays() throws Exception {
        try (ApiProcess smi = replay("--speed", "max");
                EventStream events = EventStream.open(smi.tcp(), "/events?heartbeat=1&events=snapshot,heartbeat")) {
            Await.until("its end", () -> smi.said().contains(ENDED));
            Instant last = time(FRAMES - 1);
            assertThat(snapshot(smi, "").timestamp()).isEqualTo(last);
            assertThat(snapshot(smi, "?include=process").timestamp()).isEqualTo(last);
            try (EventStream late = EventStream.open(smi.tcp(), "/events")) {
                assertThat(late.frames(1).getFirst().frame().timestamp()).isEqualTo(last);
            }
            Event event = events.next();
            while (event != null && !event.kind().equals("heartbeat")) {
                event = events.next();
            }
            assertThat(event).as("the stream goes on").isNotNull();
            for (String path : List.of("/ready", "/health", "/metrics")) {
                try (Answer answer = Answer.get(smi.tcp(), path)) {
                    assertThat(answer.status()).as(path).isEqualTo(200);
                }
            }
            assertThat(smi.said()).hasLineCount(2);
            smi.signal("TERM");
            assertThat(smi.awaitEnd()).isZero();
        }
    }

    @Test
    void theIntervalIsTheRecordingsDividedByTheSpeed() throws Exception {
        try (ApiProcess smi = replay("--loop", "--speed", "0.5")) {
            try (Answer metrics = Answer.get(smi.tcp(), "/metrics")) {
                assertThat(metrics.text()).contains("smi_tick_interval_seconds 0.2\n");
            }
            try (Answer refused = Answer.get(smi.tcp(), "/events?throttle=0.1")) {
                assertThat(refused.text()).contains("'0.1' is not a number of seconds from 0.2 to 86400");
            }
        }
    }

    @Test
    void damageIsToldOnceHoweverOftenItIsPlayed() throws Exception {
        Files.writeString(one, "no frame\n" + Files.readString(one));
        try (ApiProcess smi = replay("--loop", "--speed", "max");
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            events.frames(3 * FRAMES);
            assertThat(smi.said())
                    .contains("smi: " + one + ": no frame in a line at byte 0")
                    .hasLineCount(2);
        }
    }

    @Test
    void aFileThatIsGoneInTheNextLoopEndsTheServer() throws Exception {
        try (ApiProcess smi = replay("--loop", "--speed", "max")) {
            Files.delete(two);
            assertThat(smi.awaitEnd()).isEqualTo(1);
            assertThat(smi.said().lines().toList())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("smi: nothing can be read any more: ")
                    .contains(two.toString());
        }
    }

    @Test
    void whatCannotBeReplayedIsOneLineAndNoPort() throws Exception {
        assertRefused("'" + folder.resolve("gone") + "' does not exist", one, folder.resolve("gone"));
        assertRefused("'" + folder + "' is a directory, not a recording", folder);
        Path empty = Files.createFile(folder.resolve("empty"));
        assertRefused("no frame in " + empty, empty);
        Path text = Files.writeString(folder.resolve("text"), "hello\n");
        assertRefused("no frame in " + text + ": " + text + ": no frame in a line at byte 0", text);
    }

    private static void assertRefused(String reason, Path... files) throws Exception {
        List<String> command = ApiProcess.command(Program.HOME, "--listen", "127.0.0.1:0", "--replay");
        for (Path file : files) {
            command.add(file.toString());
        }
        Outcome outcome = Program.run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("smi: --replay: " + reason).hasLineCount(1);
    }
}
