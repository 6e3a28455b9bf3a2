package io.smi.record;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How every line of smi's begins: schema, seq, timestamp, interval_ms. Looked for byte by byte, for a line is found by its time
 * without all of it being read.
 */
record LineHead(long seq, Instant time) {
    private static final byte[] BEFORE_SEQ = "{\"schema\":1,\"seq\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE_TIME = ",\"timestamp\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_TIME = "Z\",\"interval_ms\":".getBytes(StandardCharsets.US_ASCII);
    private static final String TIME_SHAPE = "0000-00-00T00:00:00.000";
    /** More digits than that are beyond 2^53-1. */
    private static final int MOST_DIGITS = 16;

    /** More than a head takes. */
    static final int MOST_LENGTH = 128;

    /** The head of a line of which this is the beginning; null when it does not begin like this, and may still be a frame. */
    static @Nullable LineHead of(byte[] json) {
        int digits = 0;
        int at = BEFORE_SEQ.length;
        while (at + digits < json.length && digits <= MOST_DIGITS && isDigit(json[at + digits])) {
            digits++;
        }
        int time = at + digits + BEFORE_TIME.length;
        int end = time + TIME_SHAPE.length();
        if (digits == 0
                || digits > MOST_DIGITS
                || json[at] == '0'
                || !holds(json, 0, BEFORE_SEQ)
                || !holds(json, at + digits, BEFORE_TIME)
                || !hasShape(json, time)
                || !holds(json, end, AFTER_TIME)) {
            return null;
        }
        try {
            return new LineHead(number(json, at, digits), time(json, time));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant time(byte[] json, int at) {
        LocalDate date =
                LocalDate.of((int) number(json, at, 4), (int) number(json, at + 5, 2), (int) number(json, at + 8, 2));
        long second = number(json, at + 11, 2) * 3600 + number(json, at + 14, 2) * 60 + number(json, at + 17, 2);
        if (second >= 86_400) {
            throw new DateTimeException("no time of a day");
        }
        return Instant.ofEpochSecond(date.toEpochDay() * 86_400 + second, number(json, at + 20, 3) * 1_000_000);
    }

    private static boolean hasShape(byte[] json, int at) {
        if (at + TIME_SHAPE.length() > json.length) {
            return false;
        }
        for (int i = 0; i < TIME_SHAPE.length(); i++) {
            char shape = TIME_SHAPE.charAt(i);
            if (shape == '0' ? !isDigit(json[at + i]) : json[at + i] != shape) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(byte[] json, int at, byte[] text) {
        if (at + text.length > json.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (json[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] json, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            number = number * 10 + json[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
