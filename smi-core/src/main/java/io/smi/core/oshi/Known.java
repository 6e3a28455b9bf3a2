package io.smi.core.oshi;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What OSHI says when it does not know: 0, -1, NaN, an empty text or "unknown". All of it becomes null here. */
final class Known {
    private static final Set<String> NOTHING =
            Set.of("", "unknown", "not specified", "none", "default string", "to be filled by o.e.m.", "n/a");

    private Known() {}

    static @Nullable String text(@Nullable String text) {
        return text == null || NOTHING.contains(text.strip().toLowerCase(Locale.ROOT)) ? null : text.strip();
    }

    /** A size, a speed or a number of things that cannot be 0. */
    static @Nullable Long positive(long number) {
        return number > 0 ? Long.valueOf(number) : null;
    }

    /** A counter, or an amount that can be 0. */
    static @Nullable Long count(long number) {
        return number >= 0 ? Long.valueOf(number) : null;
    }

    static @Nullable Integer small(long number) {
        return number > 0 && number <= Integer.MAX_VALUE ? Integer.valueOf((int) number) : null;
    }

    /** A temperature or a power, which OSHI gives as 0 where no sensor answers. */
    static @Nullable Double measured(double number) {
        return Double.isFinite(number) && number > 0 ? Double.valueOf(number) : null;
    }

    /** A load average, which is negative where the system has none. */
    static @Nullable Double notNegative(double number) {
        return Double.isFinite(number) && number >= 0 ? Double.valueOf(number) : null;
    }
}
