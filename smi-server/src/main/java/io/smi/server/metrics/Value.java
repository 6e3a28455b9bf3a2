package io.smi.server.metrics;

import org.jspecify.annotations.Nullable;

/** The value of one series, from the row that it belongs to. */
@FunctionalInterface
interface Value<R> {
    /** In the unit of the family; null when it is not known, and then there is no series. */
    @Nullable
    Number of(R row);

    /** A share of 1. The frame rounds percentages to two decimals, and so this does not end in the noise of a division. */
    static @Nullable Number ratio(@Nullable Double percent) {
        return percent == null ? null : Math.round(percent * 100) / 10_000.0;
    }

    static @Nullable Number hertz(@Nullable Integer megahertz) {
        return megahertz == null ? null : megahertz * 1_000_000L;
    }

    /** 1 when true. */
    static @Nullable Number flag(@Nullable Boolean value) {
        return value == null ? null : value ? 1 : 0;
    }

    /** 1 for the state that something is in, 0 for any other; null when that is not known. */
    static @Nullable Number isState(@Nullable String actual, String state) {
        return actual == null ? null : flag(actual.equals(state));
    }
}
