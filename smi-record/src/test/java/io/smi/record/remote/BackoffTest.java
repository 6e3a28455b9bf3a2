package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Timing.USUAL);

    private void assertNext(long least) {
        assertThat(backoff.nextMillis(0)).isBetween(least, least + least / 5);
    }

    @Test
    void growsUpToABoundAndBeginsAnew() {
        for (long millis : new long[] {2000, 4000, 8000, 16_000, 30_000, 30_000}) {
            assertNext(millis);
        }
        for (int i = 0; i < 100; i++) {
            assertNext(30_000);
        }
        backoff.reset();
        assertNext(2000);
    }

    @ParameterizedTest
    @CsvSource({"0, 50", "500, 500", "30000, 30000", "2147483647, 30000"})
    void beginsWithWhatTheServerAsksForWithinBounds(long asked, long first) {
        backoff.first(asked);
        assertNext(first);
    }

    @Test
    void neverSoonerThanTheServerSays() {
        assertThat(backoff.nextMillis(3_600_000)).isBetween(3_600_000L, 4_320_000L);
        assertNext(4000);
    }
}
