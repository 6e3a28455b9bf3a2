package io.smi.schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What every record does to the values it is given: check, round, copy. */
final class Values {
    /** 0000-01-01T00:00:00Z. */
    private static final long FIRST_SECOND = -62_167_219_200L;
    /** 9999-12-31T23:59:59Z. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private Values() {}

    /** A share of 100, rounded to two decimals. */
    static @Nullable Double percent(@Nullable Double value) {
        return percent(value, 100);
    }

    /** CPU time as a share of one core, which several threads exceed; rounded to two decimals. */
    static @Nullable Double percentOfCore(@Nullable Double value) {
        return percent(value, Integer.MAX_VALUE);
    }

    private static @Nullable Double percent(@Nullable Double value, int max) {
        if (value == null) {
            return null;
        }
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException("a percentage must be 0 to " + max + ", not " + value);
        }
        return Math.round(value * 100) / 100.0;
    }

    /** A finite number, rounded to three decimals: what sensors resolve, without the noise of binary fractions. */
    static @Nullable Double number(@Nullable Double value) {
        if (value == null) {
            return null;
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number must be finite, not " + value);
        }
        return Math.abs(value) < 1e12 ? Math.round(value * 1000) / 1000.0 : value;
    }

    /**
     * A count or a size. Null when it is negative, which is a counter past the range of a long, or larger than a reader of
     * JSON would get back exactly.
     */
    static @Nullable Long exact(@Nullable Long value) {
        return value == null || value < 0 || value > SnapshotFrame.MAX_INTEGER ? null : value;
    }

    /** To the millisecond; null outside of the years 0 to 9999, which RFC 3339 cannot write. */
    static @Nullable Instant time(@Nullable Instant value) {
        if (value == null || value.getEpochSecond() < FIRST_SECOND || value.getEpochSecond() > LAST_SECOND) {
            return null;
        }
        return value.truncatedTo(ChronoUnit.MILLIS);
    }

    static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    /** Keeps the order of the map. */
    static @Nullable Map<String, String> copy(@Nullable Map<String, String> map) {
        if (map == null) {
            return null;
        }
        Map<String, String> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, Objects.requireNonNull(value, name)));
        return Collections.unmodifiableMap(copy);
    }

    /** Rounds each percentage and keeps the order of the map. */
    static @Nullable Map<String, Double> percents(@Nullable Map<String, Double> map) {
        if (map == null) {
            return null;
        }
        Map<String, Double> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, Objects.requireNonNull(percent(value), name)));
        return Collections.unmodifiableMap(copy);
    }
}
