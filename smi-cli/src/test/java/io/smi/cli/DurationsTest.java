package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    @Test
    void readsEachUnit() {
        assertThat(Durations.INTERVAL.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Durations.INTERVAL.convert("2s")).isEqualTo(Duration.ofSeconds(2));
        assertThat(Durations.INTERVAL.convert("1m")).isEqualTo(Duration.ofMinutes(1));
        assertThat(Durations.INTERVAL.convert("3h")).isEqualTo(Duration.ofHours(3));
        assertThat(Durations.FROM_ZERO.convert("0")).isZero();
        assertThat(Durations.FROM_ZERO.convert("0ms")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "0",
                "0s",
                "49ms",
                "ms",
                "-1s",
                "1.5s",
                "2 s",
                "2S",
                "1d",
                "99999999999s",
                "٣s",
                "8761h",
                "999999999h"
            })
    void refusesTheRestAndNamesIt(String text) {
        assertThatThrownBy(() -> Durations.INTERVAL.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text
                        + "' is not a number with ms, s, m or h from 50ms to 8760h, such as 500ms, 2s or 1m");
    }
}
