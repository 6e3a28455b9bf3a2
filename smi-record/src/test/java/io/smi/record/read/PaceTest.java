package io.smi.record.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    /** The clock may be anywhere, and wraps. */
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private Pace pace = pace(Speed.RECORDED, Duration.ZERO);

    private Pace pace(Speed speed, Duration least) {
        return new Pace(speed, least, () -> nanos);
    }

    /** The wait, in milliseconds, for a frame so many seconds after the start; which is then over. */
    private long frame(double seconds) {
        long wait = pace.waitNanos(START.plusMillis(Math.round(seconds * 1000)));
        nanos += wait;
        return Duration.ofNanos(wait).toMillis();
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void theFirstFrameIsDueAtOnceAndTheOthersAsTheyWereTaken() {
        assertThat(frame(0)).isZero();
        assertThat(frame(1)).isEqualTo(1000);
        assertThat(frame(3.5)).isEqualTo(2500);
        assertThat(frame(3.5)).isZero();
        assertThat(frame(4)).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"2, 500", "0.5, 2000", "10, 100", "max, 0"})
    void isDividedByTheSpeed(String speed, long millis) {
        pace = pace(Speed.parse(speed), Duration.ZERO);
        frame(0);
        assertThat(frame(1)).isEqualTo(millis);
        assertThat(frame(2)).isEqualTo(millis);
    }

    @Test
    void isNeverFasterThanTheLeast() {
        pace = pace(Speed.MAX, Duration.ofMillis(50));
        assertThat(frame(0)).isZero();
        assertThat(frame(1)).isEqualTo(50);
        assertThat(frame(0)).isEqualTo(50);
    }

    @Test
    void theTimeThatTheFramesTakeThemselvesIsPartOfIt() {
        frame(0);
        passes(Duration.ofMillis(300));
        assertThat(frame(1)).isEqualTo(700);
        passes(Duration.ofMillis(1200));
        assertThat(frame(2)).as("late").isZero();
        assertThat(frame(3)).as("caught up").isEqualTo(800);
    }

    @Test
    void aPauseIsFollowedByNoBurst() {
        frame(0);
        passes(Duration.ofHours(1));
        assertThat(frame(1)).isZero();
        assertThat(frame(2)).isEqualTo(1000);
        assertThat(frame(3)).isEqualTo(1000);
    }

    @Test
    void aClockThatWasSetBackCostsNothing() {
        frame(10);
        frame(11);
        assertThat(frame(1)).isZero();
        assertThat(frame(2)).isEqualTo(1000);
    }

    @Test
    void ofAHoleTenSecondsArePlayed() {
        frame(0);
        frame(2);
        assertThat(frame(14)).as("not yet a hole").isEqualTo(12_000);
        frame(16);
        assertThat(frame(30_000)).as("a night").isEqualTo(12_000);
        assertThat(frame(30_002)).isEqualTo(2000);
    }

    @Test
    void aLongIntervalIsNoHole() {
        frame(0);
        assertThat(frame(60)).isEqualTo(60_000);
        assertThat(frame(120)).isEqualTo(60_000);
        frame(720);
        assertThat(frame(1320)).isEqualTo(600_000);
        assertThat(frame(1920)).isEqualTo(600_000);
    }

    @Test
    void timesThatMakeNoSenseHarmNothing() {
        Instant[] times = {Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"), START};
        pace = pace(Speed.parse("0.01"), Duration.ZERO);
        for (Instant time : times) {
            assertThat(pace.waitNanos(time)).isBetween(0L, Duration.ofHours(2).toNanos());
        }
    }
}
