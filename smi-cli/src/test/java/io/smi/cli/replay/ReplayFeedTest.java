package io.smi.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.live.Demand;
import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.record.read.Speed;
import io.smi.schema.FrameBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayFeedTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Set<Section> PROCESSES = Set.of(Section.PROCESS);

    private final BlockingQueue<LiveFrame> published = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> death = new CompletableFuture<>();
    private @Nullable Feed feed;

    /** A recording in memory, which may become unreadable. */
    private static final class Tape implements Playable {
        private volatile List<SnapshotFrame> frames;
        private volatile @Nullable String broken;
        private volatile @Nullable String damage;
        private volatile int opened;
        private volatile int closed;

        Tape(SnapshotFrame... frames) {
            this.frames = List.of(frames);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one reader at a time
        public Frames open(Consumer<String> findings) {
            opened++;
            if (damage != null) {
                findings.accept(damage);
            }
            Iterator<SnapshotFrame> left = new ArrayList<>(frames).iterator();
            return new Frames() {
                @Override
                public @Nullable SnapshotFrame next() throws IOException {
                    if (!left.hasNext() && broken != null) {
                        throw new IOException(broken);
                    }
                    return left.hasNext() ? left.next() : null;
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @Override
        public String toString() {
            return "tape";
        }
    }

    private static SnapshotFrame frame(long seq, long millis, @Nullable Long intervalMs) {
        return FrameBuilder.withInclude(Set.of()).build(seq, START.plusMillis(millis), intervalMs, "recorded");
    }

    private static SnapshotFrame frame(long seq, long millis) {
        return frame(seq, millis, 100L);
    }

    private Replay replay(Tape tape, Speed speed, boolean loop) throws IOException {
        return Replay.of(tape, speed, loop, told::add);
    }

    private Feed play(Replay replay) {
        feed = replay.feed(1000, new Demand(Set.of(), 0), published::add, death::complete);
        feed.start();
        return feed;
    }

    private LiveFrame next() throws InterruptedException {
        LiveFrame frame = published.poll(1, TimeUnit.MINUTES);
        assertThat(frame).isNotNull();
        return frame;
    }

    @AfterEach
    void end() {
        if (feed != null) {
            feed.close();
        }
    }

    @Test
    void numbersAreOfThisRunAndTimesOfTheRecording() throws Exception {
        play(replay(new Tape(frame(7, 0), frame(9, 60), frame(3, 120)), Speed.RECORDED, false));
        for (int i = 0; i < 3; i++) {
            LiveFrame frame = next();
            assertThat(frame.seq()).isEqualTo(1000 + i);
            assertThat(frame.frame().timestamp()).isEqualTo(START.plusMillis(60L * i));
            assertThat(new String(frame.encoded().bytes(), StandardCharsets.UTF_8))
                    .contains("\"seq\":" + (1000 + i) + ",", "\"hostname\":\"recorded\"");
            assertThat(frame.readers()).isEmpty();
        }
    }

    @Test
    void framesComeAsFarApartAsTheyWereTaken() throws Exception {
        long start = System.nanoTime();
        play(replay(new Tape(frame(1, 0), frame(2, 300), frame(3, 400)), Speed.RECORDED, false));
        assertComesAfter(start, 0);
        assertComesAfter(start, 300);
        assertComesAfter(start, 400);
    }

    @Test
    void atAnySpeedClientsAreGivenTimeToRead() throws Exception {
        long start = System.nanoTime();
        play(replay(new Tape(frame(1, 0), frame(2, 10), frame(3, 20), frame(4, 30)), Speed.MAX, false));
        for (int i = 0; i < 4; i++) {
            assertComesAfter(start, 50L * i);
        }
    }

    private void assertComesAfter(long start, long millis) throws InterruptedException {
        assertThat(next().nanos() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void afterTheEndThereIsTheLastFrame() throws Exception {
        Tape tape = new Tape(frame(1, 0), frame(2, 50));
        Feed played = play(replay(tape, Speed.RECORDED, false));
        assertThat(told.poll(1, TimeUnit.MINUTES))
                .isEqualTo("the recording has ended; its last frame is served from now on");
        next();
        LiveFrame last = next();
        assertThat(played.fresh(PROCESSES).get(1, TimeUnit.MINUTES)).isSameAs(last);
        assertThat(played.isLive()).isFalse();
        assertThat(published).isEmpty();
        assertThat(death).isNotDone();
        assertThat(tape.closed).isEqualTo(tape.opened);
    }

    @Test
    void whoAsksBeforeTheFirstFrameGetsIt() throws Exception {
        feed = replay(new Tape(frame(1, 0), frame(2, 60_000)), Speed.RECORDED, false)
                .feed(1000, new Demand(Set.of(), 0), published::add, death::complete);
        CompletableFuture<LiveFrame> early = feed.fresh(PROCESSES);
        assertThat(early).isNotDone();
        feed.start();
        assertThat(early.get(1, TimeUnit.MINUTES)).isSameAs(next());
    }

    @Test
    void aLoopBeginsAgainAnIntervalLaterAndNumbersGoOn() throws Exception {
        play(replay(new Tape(frame(1, 0, 200L), frame(2, 50, 200L)), Speed.RECORDED, true));
        LiveFrame before = null;
        for (int i = 0; i < 6; i++) {
            LiveFrame frame = next();
            assertThat(frame.seq()).isEqualTo(1000 + i);
            assertThat(frame.frame().timestamp()).isEqualTo(START.plusMillis(i % 2 == 0 ? 0 : 50));
            if (before != null && i % 2 == 0) {
                assertThat(frame.nanos() - before.nanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
            }
            before = frame;
        }
        assertThat(told).isEmpty();
    }

    @Test
    void damageIsToldOnce() throws Exception {
        Tape tape = new Tape(frame(1, 0));
        tape.damage = "a torn end";
        play(replay(tape, Speed.MAX, true));
        for (int i = 0; i < 4; i++) {
            next();
        }
        assertThat(told).containsExactly("a torn end");
    }

    @Test
    void whatCannotBeReadAnyMoreIsTold() throws Exception {
        Tape tape = new Tape(frame(1, 0), frame(2, 50));
        Replay replay = replay(tape, Speed.RECORDED, true);
        tape.broken = "run.jsonl: Input/output error";
        Feed played = play(replay);
        assertThat(death.get(1, TimeUnit.MINUTES)).hasMessage("run.jsonl: Input/output error");
        next();
        assertThat(played.fresh(PROCESSES).get().frame().timestamp())
                .as("the last that could be read")
                .isEqualTo(next().frame().timestamp());
        assertThat(tape.closed).isEqualTo(tape.opened);
    }

    @Test
    void aRecordingThatWasEmptiedMeanwhileDoesNotSpin() throws Exception {
        Tape tape = new Tape(frame(1, 0));
        Replay replay = replay(tape, Speed.MAX, true);
        tape.frames = List.of();
        Feed played = play(replay);
        assertThat(death.get(1, TimeUnit.MINUTES)).hasMessage("no frame is left in tape");
        assertThatThrownBy(() -> played.fresh(PROCESSES).get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void closingItIsNoDeath() throws Exception {
        Tape tape = new Tape(frame(1, 0), frame(2, 3_600_000));
        Feed played = play(replay(tape, Speed.RECORDED, false));
        next();
        played.close();
        while (tape.closed < tape.opened) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(death).isNotDone();
        assertThat(told).isEmpty();
    }

    @Test
    void whatHoldsNoFrameIsRefused() {
        Tape tape = new Tape();
        assertThatIOException()
                .isThrownBy(() -> replay(tape, Speed.RECORDED, false))
                .withMessage("no frame in tape");
        tape.damage = "line 1 is no frame";
        assertThatIOException()
                .isThrownBy(() -> replay(tape, Speed.RECORDED, false))
                .withMessage("no frame in tape: line 1 is no frame");
        assertThat(told).as("told already").isEmpty();
        assertThat(tape.closed).isEqualTo(tape.opened);
    }

    @Test
    void theIntervalIsTheRecordings() throws Exception {
        assertThat(interval(Speed.RECORDED, frame(1, 0, 100L), frame(2, 9000, 1000L)))
                .as("of the second frame")
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(interval(Speed.RECORDED, frame(1, 0, 500L))).isEqualTo(Duration.ofMillis(500));
        assertThat(interval(Speed.RECORDED, frame(1, 0, null))).isEqualTo(Duration.ofSeconds(2));
        assertThat(interval(Speed.RECORDED, frame(1, 0, null), frame(2, 0, null)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(interval(new Speed(10), frame(1, 0, 1000L))).isEqualTo(Duration.ofMillis(100));
        assertThat(interval(new Speed(0.5), frame(1, 0, 1000L))).isEqualTo(Duration.ofSeconds(2));
        assertThat(interval(Speed.MAX, frame(1, 0, 1000L))).isEqualTo(Duration.ofMillis(50));
        assertThat(interval(Speed.RECORDED, frame(1, 0, (1L << 53) - 1))).isEqualTo(Duration.ofDays(1));
    }

    private Duration interval(Speed speed, SnapshotFrame... frames) throws IOException {
        return replay(new Tape(frames), speed, false).interval();
    }
}
