package io.smi.cli.replay;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes one frame per period: of those around each moment of a grid the nearest. The grid begins with the first frame, and
 * anew where the clock was set back.
 */
public final class Thinning {
    private final Duration period;
    private @Nullable Instant due;
    private @Nullable Instant last;

    /**
     * A thinning that has seen no frame.
     *
     * @param period zero takes all
     */
    public Thinning(Duration period) {
        this.period = period;
    }

    /** Whether the frame of this time, which comes next, is taken. */
    public boolean takes(Instant time) {
        Instant before = last;
        last = time;
        if (period.isZero()) {
            return true;
        }
        if (before == null || due == null || time.isBefore(before)) {
            due = time.plus(period);
            return true;
        }
        Duration half = Duration.between(before, time).dividedBy(2);
        Duration most = period.dividedBy(2);
        Instant nearest = time.plus(half.compareTo(most) < 0 ? half : most);
        if (nearest.isBefore(due)) {
            return false;
        }
        long periods = Duration.between(due, nearest).dividedBy(period) + 1;
        due = due.plus(period.multipliedBy(periods));
        return true;
    }
}
