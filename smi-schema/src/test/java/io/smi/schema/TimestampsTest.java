package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T20:30:55.042Z",
                "1970-01-01T00:00:00.000Z",
                "1969-12-31T23:59:59.999Z",
                "1999-12-31T23:59:59.999Z",
                "2000-01-01T00:00:00.000Z",
                "2000-02-29T12:00:00.001Z",
                "1900-02-28T23:59:59.010Z",
                "1900-03-01T00:00:00.100Z",
                "2024-02-29T00:00:00.000Z",
                "0000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
            })
    void areWrittenWithMilliseconds(String text) {
        assertThat(Timestamps.format(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void areCutOffAtTheMillisecond() {
        assertThat(Timestamps.format(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo("1969-12-31T23:59:59.999Z");
    }

    /** Every day of eight hundred years: all kinds of leap years, twice. */
    @Test
    void agreeWithTheCalendarOfTheJdk() {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        Instant end = Instant.parse("2400-01-01T00:00:00Z");
        for (Instant day = Instant.parse("1600-01-01T01:02:03.004Z");
                day.isBefore(end);
                day = day.plus(1, ChronoUnit.DAYS)) {
            assertThat(Timestamps.format(day)).isEqualTo(formatter.format(day));
        }
    }
}
