package io.smi.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 500ms}, {@code 2s}, {@code 1m}, and refuses those out of bounds. */
record Durations(Duration least, String allowed) implements ITypeConverter<Duration> {
    /** A year: what comes after is a mistake, and would not fit the nanoseconds of the monotonic clock forever. */
    private static final Duration MOST = Duration.ofDays(365);

    /** Any, {@code 0} too. */
    static final Durations FROM_ZERO =
            new Durations(Duration.ZERO, "0, or a number with ms, s, m or h up to 8760h, such as 100ms");

    /** What a machine can be read in again and again. */
    static final Durations INTERVAL = new Durations(
            Duration.ofMillis(50), "a number with ms, s, m or h from 50ms to 8760h, such as 500ms, 2s or 1m");

    /** What a reader needs at the least. */
    static final Durations TIMEOUT =
            new Durations(Duration.ofMillis(1), "a number with ms, s, m or h from 1ms to 8760h, such as 2s");

    /** What takes long enough to be worth a file of its own. */
    static final Durations PERIOD =
            new Durations(Duration.ofSeconds(1), "a number with s, m or h from 1s to 8760h, such as 1h");

    @Override
    public Duration convert(String text) {
        Duration duration = parse(text);
        if (duration.compareTo(least) < 0 || duration.compareTo(MOST) > 0) {
            throw refused(text);
        }
        return duration;
    }

    private Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            throw refused(text);
        }
        long number = Long.parseLong(text, 0, digits, 10);
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "" -> number == 0 ? Duration.ZERO : refuse(text);
            default -> refuse(text);
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Duration refuse(String text) {
        throw refused(text);
    }

    private TypeConversionException refused(String text) {
        return new TypeConversionException("'" + text + "' is not " + allowed);
    }
}
