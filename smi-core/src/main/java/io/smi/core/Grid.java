package io.smi.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A fixed grid of moments: {@code start + n * interval} on the monotonic clock. A tick that comes late does not shift
 * the ones after it, and ticks that were missed are dropped, not made up for.
 */
public final class Grid {
    private final long start;
    private final long interval;
    private long tick;

    /** A grid whose first tick is now. */
    public Grid(Duration interval) {
        this(interval, System.nanoTime());
    }

    Grid(Duration interval, long start) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("an interval is longer than 0, not " + interval);
        }
        this.interval = interval.toNanos();
        this.start = start;
    }

    /**
     * Sleeps until the next tick.
     *
     * @return how many ticks have been dropped on the way
     */
    public long await() throws InterruptedException {
        long now = System.nanoTime();
        long dropped = advance(now);
        TimeUnit.NANOSECONDS.sleep(tickNanos() - now);
        return dropped;
    }

    /**
     * Moves to the first tick after this moment that is not the present one.
     *
     * @return how many ticks have been dropped on the way
     */
    public long advance(long now) {
        long next = Math.max(tick + 1, (now - start) / interval + 1);
        long dropped = next - tick - 1;
        tick = next;
        return dropped;
    }

    /** The present tick on the monotonic clock. */
    public long tickNanos() {
        return start + tick * interval;
    }
}
