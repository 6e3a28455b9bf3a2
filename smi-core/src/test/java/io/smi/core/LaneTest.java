package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.Problems.Problem;
import io.smi.core.Readings.Timed;
import io.smi.schema.ErrorKind;
import io.smi.schema.Section;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final ReaderPool pool = new ReaderPool();
    private final AtomicLong nanos = new AtomicLong(1000);
    private final FakeReader reader = new FakeReader();
    private final Lane<Long> lane = new Lane<>(new Source<>("fake", Set.of(Section.MEMORY), reader), nanos::get);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void keepsTheLastTwoReadingsAndWhenTheyWereMade() {
        reader.gives(7L);
        assertThat(run()).isEmpty();
        assertThat(lane.last()).isEqualTo(new Timed<>(7L, 1000));
        assertThat(lane.beforeLast()).isNull();

        nanos.set(2000);
        reader.gives(9L);
        assertThat(run()).isEmpty();
        assertThat(lane.last()).isEqualTo(new Timed<>(9L, 2000));
        assertThat(lane.beforeLast()).isEqualTo(new Timed<>(7L, 1000));
    }

    @Test
    void whatIsNotOnThisMachineIsNoReadingAndNoProblem() {
        reader.gives(null);
        assertThat(run()).isEmpty();
        assertThat(lane.last()).isNull();
    }

    @Test
    void aFailureIsAProblemAndTheEndOfTheLastReading() {
        reader.gives(7L);
        run();
        reader.does(problems -> {
            throw new IOException("/proc/meminfo: Input/output error");
        });
        assertThat(run()).containsExactly(new Problem(ErrorKind.FAILED, "/proc/meminfo: Input/output error"));
        assertThat(lane.last()).isNull();
    }

    @Test
    void aLackingPermissionIsItsOwnKind() {
        reader.does(problems -> {
            throw new AccessDeniedException("/sys/energy_uj", null, "permission denied");
        });
        assertThat(run()).containsExactly(new Problem(ErrorKind.DENIED, "/sys/energy_uj: permission denied"));
    }

    @Test
    void whatHasNoMessageIsNamed() {
        reader.does(problems -> {
            throw new EOFException();
        });
        assertThat(run()).containsExactly(new Problem(ErrorKind.FAILED, "java.io.EOFException"));
    }

    @Test
    void aFaultOfTheReaderIsAProblemToo() {
        reader.does(problems -> {
            throw new IllegalStateException("bug");
        });
        assertThat(run()).containsExactly(new Problem(ErrorKind.FAILED, "java.lang.IllegalStateException: bug"));
        reader.does(problems -> {
            throw new StackOverflowError();
        });
        assertThat(run()).containsExactly(new Problem(ErrorKind.FAILED, "java.lang.StackOverflowError"));
    }

    @Test
    void aReaderTellsOfItsPartialTroubles() {
        reader.does(problems -> {
            problems.denied("serial");
            problems.failed("label");
            return 7L;
        });
        assertThat(run())
                .containsExactly(new Problem(ErrorKind.DENIED, "serial"), new Problem(ErrorKind.FAILED, "label"));
        assertThat(lane.last()).isEqualTo(new Timed<>(7L, 1000));
    }

    @Test
    void whatHangsIsStartedOnceAndNotAwaitedAgain() {
        reader.gives(7L);
        run();
        CountDownLatch release = reader.hangsThenGives(8);
        lane.start(pool, farAway());
        assertThat(kinds(lane.finish(pool, System.nanoTime()))).containsExactly(ErrorKind.TIMEOUT);
        assertThat(lane.hangs()).isTrue();
        assertThat(lane.last()).isNull();
        lane.reported();

        assertThat(kinds(run())).containsExactly(ErrorKind.STALE);
        assertThat(kinds(run())).containsExactly(ErrorKind.STALE);
        assertThat(lane.last()).isNull();

        reader.gives(9L);
        release.countDown();
        assertThat(runUntilItAnswers()).isEqualTo(new Timed<>(9L, 1000));
        assertThat(lane.beforeLast()).as("the late 8 is dropped").isNull();
        assertThat(lane.hangs()).isFalse();
        assertThat(reader.calls()).isEqualTo(3);
    }

    @Test
    void whatCameBackWhileItWasSkippedHangsNoMore() {
        CountDownLatch release = reader.hangsThenGives(8);
        lane.start(pool, farAway());
        lane.finish(pool, System.nanoTime());
        lane.skip();
        assertThat(lane.hangs()).isTrue();
        release.countDown();
        long end = farAway();
        while (lane.hangs()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void thatThereIsNoThreadForItIsAProblem() {
        pool.close();
        assertThat(kinds(run())).containsExactly(ErrorKind.FAILED);
        assertThat(reader.calls()).isZero();
        assertThat(lane.last()).isNull();
    }

    @Test
    void aHangIsATimeoutUntilAFrameHasToldOfIt() {
        CountDownLatch release = reader.hangsThenGives(8);
        lane.start(pool, farAway());
        assertThat(kinds(lane.finish(pool, System.nanoTime()))).containsExactly(ErrorKind.TIMEOUT);
        assertThat(kinds(run())).containsExactly(ErrorKind.TIMEOUT);
        lane.reported();
        assertThat(kinds(run())).containsExactly(ErrorKind.STALE);
        release.countDown();

        runUntilItAnswers();
        CountDownLatch again = reader.hangsThenGives(8);
        lane.start(pool, farAway());
        assertThat(kinds(lane.finish(pool, System.nanoTime()))).containsExactly(ErrorKind.TIMEOUT);
        again.countDown();
    }

    @Test
    void whatIsSkippedForgetsItsReadings() {
        reader.gives(7L);
        run();
        lane.skip();
        assertThat(lane.last()).isNull();
        run();
        assertThat(lane.beforeLast()).isNull();
    }

    @Test
    void aCallThatAnInterruptedCollectionLeftBehindIsNotDoubled() {
        CountDownLatch release = reader.hangsThenGives(8);
        lane.start(pool, farAway());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> lane.finish(pool, farAway())).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(kinds(run())).containsExactly(ErrorKind.TIMEOUT);
        release.countDown();
        reader.gives(9L);
        assertThat(runUntilItAnswers().value()).isEqualTo(9);
        assertThat(reader.calls()).isEqualTo(2);
    }

    @Test
    void aReaderIsMadeOnceTheMachineHasWhatItReadsAndThenKept() {
        AtomicBoolean there = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        Source<Long> source = new Source<>("fake", Set.of(Section.MEMORY), there::get, () -> {
            made.incrementAndGet();
            return reader;
        });
        Lane<Long> gated = new Lane<>(source, nanos::get);
        reader.gives(7L);
        assertThat(run(gated)).isEmpty();
        assertThat(gated.last()).isNull();
        assertThat(gated.outcome()).isEqualTo(new ReaderOutcome("fake", Set.of(Section.MEMORY), false, 0, List.of()));
        gated.skip();
        assertThat(made).hasValue(0);

        there.set(true);
        run(gated);
        assertThat(gated.last()).isEqualTo(new Timed<>(7L, 1000));

        there.set(false);
        reader.gives(8L);
        run(gated);
        assertThat(gated.last()).isEqualTo(new Timed<>(8L, 1000));
        assertThat(made).hasValue(1);
    }

    private List<Problem> run() {
        return run(lane);
    }

    private List<Problem> run(Lane<Long> lane) {
        lane.start(pool, farAway());
        return lane.finish(pool, farAway());
    }

    /** The thread that hung takes its time to come back. */
    private Timed<Long> runUntilItAnswers() {
        long end = farAway();
        while (System.nanoTime() < end) {
            run();
            Timed<Long> last = lane.last();
            if (last != null) {
                return last;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("never answered");
    }

    private static List<ErrorKind> kinds(List<Problem> problems) {
        return problems.stream().map(Problem::kind).toList();
    }

    private static long farAway() {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }
}
