package io.smi.record.remote;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: at first what the server asked for, then twice as long each time, up to a
 * bound. Up to a fifth more is left to chance, so that the clients of a server that was restarted do not come back together.
 */
final class Backoff {
    private static final int CHANCE = 5;
    /** A server may ask for no time at all; it would be a loop. */
    private static final long LEAST_MILLIS = 50;

    private final long longestMillis;
    private long firstMillis;
    private int failures;

    Backoff(Timing timing) {
        this.longestMillis = timing.longestRetry().toMillis();
        first(timing.retry().toMillis());
    }

    /** What the server asks for. */
    void first(long millis) {
        firstMillis = Math.clamp(millis, LEAST_MILLIS, longestMillis);
    }

    /** It went well. */
    void reset() {
        failures = 0;
    }

    /** Before the next attempt, in milliseconds; never less than the server asks for or {@code leastMillis}. */
    long nextMillis(long leastMillis) {
        long grown = firstMillis;
        for (int i = 0; i < failures && grown < longestMillis; i++) {
            grown *= 2;
        }
        failures++;
        long least = Math.max(Math.min(grown, longestMillis), leastMillis);
        return least + ThreadLocalRandom.current().nextLong(least / CHANCE + 1);
    }
}
