package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "100, 100", "0.004, 0", "0.005, 0.01", "99.994, 99.99", "99.995, 100", "33.333333, 33.33"})
    void percentagesHaveTwoDecimals(double value, double expected) {
        assertThat(Values.percent(value)).isEqualTo(expected);
    }

    @Test
    void percentagesOfACoreHaveNoCeiling() {
        assertThat(Values.percentOfCore(12_799.996)).isEqualTo(12_800.0);
        assertThatThrownBy(() -> Values.percentOfCore(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Values.percentOfCore(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0.0004, 0", "-40.1255, -40.125", "123456.7896, 123456.79", "1.0E13, 1.0E13", "-1.0E300, -1.0E300"})
    void numbersHaveThreeDecimals(double value, double expected) {
        assertThat(Values.number(value)).isEqualTo(expected);
    }

    @Test
    void unknownStaysUnknown() {
        assertThat(Values.percent(null)).isNull();
        assertThat(Values.percentOfCore(null)).isNull();
        assertThat(Values.number(null)).isNull();
        assertThat(Values.time(null)).isNull();
        assertThat(Values.copy((List<String>) null)).isNull();
        assertThat(Values.copy((Map<String, String>) null)).isNull();
        assertThat(Values.percents(null)).isNull();
    }

    @Test
    void timesAreKeptToTheMillisecond() {
        assertThat(Values.time(Instant.parse("2026-11-22T20:30:55.042999Z"))).isEqualTo("2026-11-22T20:30:55.042Z");
    }

    @Test
    void timesThatNoFrameCanWriteAreUnknown() {
        Instant first = Instant.parse("0000-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
        assertThat(Values.time(first)).isEqualTo(first);
        assertThat(Values.time(last)).isEqualTo(last);
        assertThat(Values.time(first.minusNanos(1))).isNull();
        assertThat(Values.time(last.plusMillis(1))).isNull();
        assertThat(Values.time(Instant.MAX)).isNull();
    }

    @Test
    void mapsKeepTheirOrder() {
        Map<String, Double> engines = new LinkedHashMap<>();
        for (String name : List.of("video", "copy", "3d", "compute")) {
            engines.put(name, 1.0);
        }
        assertThat(Values.percents(engines)).containsExactlyEntriesOf(engines).isNotSameAs(engines);
    }
}
