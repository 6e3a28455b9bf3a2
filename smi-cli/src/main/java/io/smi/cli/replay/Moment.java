package io.smi.cli.replay;

import io.smi.record.Line;
import io.smi.record.read.RecordingReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A moment of a recording, as users name it. */
public interface Moment {
    /** What is understood. */
    String ALLOWED = "a time of day such as 14:30 or 14:30:05Z, RFC 3339 such as 2026-11-23T14:30:00Z,"
            + " or a time after the first frame such as +90s, before the last such as -5m";

    /**
     * When that is.
     *
     * @param reader of the recording
     * @param after a time of day is the first such time from here on; null for from the first frame on
     * @throws IOException when that is not known, or cannot be read; the message is for users
     */
    Instant in(RecordingReader reader, @Nullable Instant after) throws IOException;

    /**
     * Reads what a user has written.
     *
     * @param zone of times of day that name none; asked for these only, for it takes the JDK 10 ms to find it out
     * @param durations reads such as {@code 90s}, and throws what is told to the user
     * @throws IllegalArgumentException when it is none of what is {@link #ALLOWED}; the message is for users
     */
    static Moment parse(String text, Supplier<ZoneId> zone, Function<String, Duration> durations) {
        try {
            if (text.startsWith("+")) {
                Duration duration = durations.apply(text.substring(1));
                return (reader, after) -> after(reader, duration);
            } else if (text.startsWith("-")) {
                Duration duration = durations.apply(text.substring(1));
                return (reader, after) -> before(reader, duration);
            } else if (text.indexOf('T') > 0) {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return (reader, after) -> instant;
            }
            boolean utc = text.endsWith("Z");
            LocalTime time = LocalTime.parse(utc ? text.substring(0, text.length() - 1) : text);
            ZoneId there = utc ? ZoneOffset.UTC : zone.get();
            return (reader, after) -> next(time, there, after == null ? after(reader, Duration.ZERO) : after);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not " + ALLOWED, e);
        }
    }

    private static Instant after(RecordingReader reader, Duration duration) throws IOException {
        Line first = reader.first();
        return first == null ? Instant.EPOCH : first.time().plus(duration);
    }

    private static Instant before(RecordingReader reader, Duration duration) throws IOException {
        Line last = reader.last();
        return last == null ? Instant.EPOCH : last.time().minus(duration);
    }

    private static Instant next(LocalTime time, ZoneId zone, Instant after) {
        ZonedDateTime day = after.atZone(zone);
        Instant sameDay = day.with(time).toInstant();
        return sameDay.isBefore(after) ? day.plusDays(1).with(time).toInstant() : sameDay;
    }
}
