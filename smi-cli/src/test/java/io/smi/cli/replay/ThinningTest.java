package io.smi.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private static List<Long> taken(Duration period, long... millis) {
        Thinning thinning = new Thinning(period);
        return Stream.of(millis)
                .flatMap(all -> java.util.Arrays.stream(all).boxed())
                .filter(time -> thinning.takes(START.plusMillis(time)))
                .toList();
    }

    @Test
    void withoutAPeriodAllAreTaken() {
        assertThat(taken(Duration.ZERO, 0, 1000, 2000, 500)).containsExactly(0L, 1000L, 2000L, 500L);
    }

    /** A tick that comes a little early or late does not shift those after it. */
    @Test
    void ofEachPeriodTheNearestIsTaken() {
        assertThat(taken(Duration.ofSeconds(3), 0, 1001, 2003, 2999, 4000, 5002, 6004, 7000, 8000, 8998, 10_000))
                .containsExactly(0L, 2999L, 6004L, 8998L);
    }

    @Test
    void aHoleTakesNoneAndTheGridGoesOn() {
        assertThat(taken(Duration.ofSeconds(2), 0, 1000, 2000, 61_000, 62_000, 63_000, 64_000))
                .containsExactly(0L, 2000L, 61_000L, 64_000L);
    }

    @Test
    void whereTheClockWasSetBackTheGridBeginsAnew() {
        assertThat(taken(Duration.ofSeconds(10), 0, 5000, 10_000, 4000, 9000, 14_000))
                .containsExactly(0L, 10_000L, 4000L, 14_000L);
    }
}
