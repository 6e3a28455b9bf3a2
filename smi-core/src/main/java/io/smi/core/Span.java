package io.smi.core;

import org.jspecify.annotations.Nullable;

/**
 * Two readings of one source, and the time between them on the monotonic clock: all that a rate needs. The one place
 * where rates are derived.
 *
 * @param nanos more than zero
 */
public record Span<T>(T before, T after, long nanos) {
    public Span {
        if (nanos <= 0) {
            throw new IllegalArgumentException("a span takes time, not " + nanos + " ns");
        }
    }

    /** Length in seconds. */
    public double seconds() {
        return nanos / 1e9;
    }

    /** Growth of a counter per second; null when either end is unknown or it went backwards. */
    public @Nullable Double perSecond(@Nullable Number first, @Nullable Number last) {
        Double growth = growth(first, last);
        return growth == null ? null : growth / seconds();
    }

    /** {@link #perSecond}, of what is counted in whole units. */
    public @Nullable Long wholePerSecond(@Nullable Number first, @Nullable Number last) {
        Double rate = perSecond(first, last);
        return rate == null ? null : Long.valueOf(Math.round(rate));
    }

    /** Growth of a counter; null when either end is unknown or it went backwards. */
    public static @Nullable Double growth(@Nullable Number first, @Nullable Number last) {
        if (first == null || last == null || last.doubleValue() < first.doubleValue()) {
            return null;
        }
        return last instanceof Long && first instanceof Long
                ? (double) (last.longValue() - first.longValue())
                : last.doubleValue() - first.doubleValue();
    }

    /** A part as a percentage of a whole, held to 0..100; null when either is unknown or the whole is 0. */
    public static @Nullable Double percent(@Nullable Number part, @Nullable Number whole) {
        if (part == null || whole == null || whole.doubleValue() <= 0) {
            return null;
        }
        return Math.clamp(100 * part.doubleValue() / whole.doubleValue(), 0, 100);
    }
}
