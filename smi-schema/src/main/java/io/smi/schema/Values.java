package io.smi.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every record does to the values it is given: check, round, copy. */
final class Values {
    private Values() {}

    /** A share of 100, rounded to two decimals. */
    static @Nullable Double percent(@Nullable Double value) {
        if (value == null) {
            return null;
        }
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException("a percentage must be 0 to 100, not " + value);
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

    static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    static @Nullable Map<String, String> copy(@Nullable Map<String, String> map) {
        return map == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Rounds each percentage and keeps the order of the map. */
    static @Nullable Map<String, Double> percents(@Nullable Map<String, Double> map) {
        if (map == null) {
            return null;
        }
        Map<String, Double> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, percent(value)));
        return Collections.unmodifiableMap(copy);
    }
}
