package io.smi.core.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A number with its unit, as programs print them: {@code 38.00 W}, {@code 18109794uW}, {@code 29C}, {@code 672 MiB}. */
public final class Quantity {
    private static final int MOST_DIGITS = 18;

    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("", new Unit("", 1)),
            Map.entry("%", new Unit("%", 1)),
            Map.entry("C", new Unit("C", 1)),
            Map.entry("\u00b0C", new Unit("C", 1)),
            Map.entry("W", new Unit("W", 1)),
            Map.entry("mW", new Unit("W", 1e-3)),
            Map.entry("uW", new Unit("W", 1e-6)),
            Map.entry("MHz", new Unit("MHz", 1)),
            Map.entry("GHz", new Unit("MHz", 1e3)),
            Map.entry("B", new Unit("B", 1)),
            Map.entry("KiB", new Unit("B", 1 << 10)),
            Map.entry("MiB", new Unit("B", 1 << 20)),
            Map.entry("GiB", new Unit("B", 1 << 30)));

    /** What is so many times another. */
    private record Unit(String base, double scale) {}

    private Quantity() {}

    /**
     * A count, or in percent, °C, W, MHz or bytes.
     *
     * @param unit what it is in where it names no unit itself, and what its own must be a multiple of
     * @param most what it can be at most
     * @return null when it is none, as {@code N/A} is, or in a unit that is not known
     */
    public static @Nullable Double of(@Nullable String text, String unit, double most) {
        if (text == null) {
            return null;
        }
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String own = text.substring(end).strip();
        Unit expected = UNITS.get(unit);
        Unit given = UNITS.get(own.isEmpty() ? unit : own);
        if (end == 0 || end > MOST_DIGITS || given == null || expected == null || !given.base.equals(expected.base)) {
            return null;
        }
        try {
            double value = Double.parseDouble(text.substring(0, end)) * given.scale;
            return value > most ? null : Double.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
