package io.smi.schema;

import java.time.Instant;

/**
 * RFC 3339 in UTC with milliseconds. By hand: the JDK's formatter costs a one-shot program several milliseconds, its
 * calendar classes another one.
 */
final class Timestamps {
    private static final int DAY_SECONDS = 86_400;
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_DAY = 719_468;
    /** Days of 400 years, after which the calendar repeats itself. */
    private static final int ERA_DAYS = 146_097;

    private Timestamps() {}

    /** Such as {@code 2026-11-22T20:30:55.042Z}. */
    static String format(Instant instant) {
        long days = Math.floorDiv(instant.getEpochSecond(), DAY_SECONDS);
        int second = Math.floorMod(instant.getEpochSecond(), DAY_SECONDS);
        StringBuilder text = new StringBuilder(24);
        date(text, days + EPOCH_DAY).append('T');
        digits(text, second / 3600, 2).append(':');
        digits(text, second / 60 % 60, 2).append(':');
        digits(text, second % 60, 2).append('.');
        return digits(text, instant.getNano() / 1_000_000, 3).append('Z').toString();
    }

    /** Counts in years that begin on the first of March, so that the leap day is the last. */
    private static StringBuilder date(StringBuilder text, long day) {
        long era = Math.floorDiv(day, ERA_DAYS);
        int dayOfEra = Math.floorMod(day, ERA_DAYS);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        digits(text, era * 400 + yearOfEra + (month <= 2 ? 1 : 0), 4).append('-');
        digits(text, month, 2).append('-');
        return digits(text, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
    }

    private static StringBuilder digits(StringBuilder text, long value, int width) {
        String digits = Long.toString(value);
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        return text.append(digits);
    }
}
