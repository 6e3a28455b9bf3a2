package io.smi.record.read;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the frames of a recording are due: each as long after the one before as it was taken after that, divided by a
 * speed. A hole is cut short: nobody sits through the night in which nothing was recorded. Where the clock was set back, there is
 * no wait. Who is late catches up with the next frame, and what is later than that is not made up for: no burst follows a pause.
 */
public final class Pace {
    /** A hole is what is longer than the time between the two frames before, by more than that; so much of it is waited for. */
    private static final Duration HOLE = Duration.ofSeconds(10);

    /** Before there are two frames; longer than most recordings' interval. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    /** Years are a clock that was wrong, and too long for nanoseconds. */
    private static final Duration MOST = Duration.ofDays(365);

    private final Speed speed;
    private final long leastNanos;
    private final LongSupplier nanoTime;
    private @Nullable Instant last;
    private Duration between = FIRST;
    private long dueNanos;

    /**
     * The pace of one recording from some frame on.
     *
     * @param least time between two frames, whatever the speed
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    public Pace(Speed speed, Duration least, LongSupplier nanoTime) {
        this.speed = speed;
        this.leastNanos = least.toNanos();
        this.nanoTime = nanoTime;
    }

    /** How long to wait from now on, until the next frame is due, which is of this time; 0 for the first. */
    public long waitNanos(Instant time) {
        long now = nanoTime.getAsLong();
        if (last == null) {
            dueNanos = now;
        } else {
            long step = Math.max(speed.nanos(recorded(last, time).toNanos()), leastNanos);
            dueNanos += step;
            if (now - dueNanos > step) {
                dueNanos = now;
            }
        }
        last = time;
        return Math.max(0, dueNanos - now);
    }

    /** How much of the time between two frames is played. */
    private Duration recorded(Instant from, Instant to) {
        Duration difference = Duration.between(from, to);
        if (difference.isNegative()) {
            return Duration.ZERO;
        }
        Duration whole = min(difference, MOST);
        Duration played = min(whole, between.plus(HOLE));
        between = whole;
        return played;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
