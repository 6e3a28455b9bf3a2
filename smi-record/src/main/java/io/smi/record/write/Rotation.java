package io.smi.record.write;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a recording goes on in another file, and how many files stay.
 *
 * @param size of a file in bytes, from which on the next is begun; null: any
 * @param every a new file is begun at each multiple of this time, in UTC; null: never
 * @param keep how many files stay, of earlier runs too; null: all
 */
public record Rotation(
        @Nullable Long size,
        @Nullable Duration every,
        @Nullable Integer keep) {
    /** One file, whatever its size, and all that were there stay. */
    public static final Rotation NONE = new Rotation(null, null, null);

    /** Whether a file of this size, which was begun then, is to be followed by another now. */
    boolean isDue(long bytes, Instant begun, Instant now) {
        boolean large = size != null && bytes >= size;
        return large || (every != null && period(begun, every) != period(now, every));
    }

    private static long period(Instant time, Duration every) {
        return Math.floorDiv(time.toEpochMilli(), every.toMillis());
    }
}
