package io.smi.record.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {
    @ParameterizedTest
    @CsvSource({"1, 1000", "10, 100", "0.5, 2000", ".5, 2000", "0.01, 100000", "10000, 0", "3, 333", "max, 0"})
    void dividesTime(String text, long nanos) {
        assertThat(Speed.parse(text).nanos(1000)).isEqualTo(nanos);
    }

    @Test
    void oneIsAsRecorded() {
        assertThat(Speed.parse("1.0")).isEqualTo(Speed.RECORDED);
        assertThat(Speed.parse("max")).isEqualTo(Speed.MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "0",
                "0.001",
                "10001",
                "-1",
                "+1",
                "1e3",
                "0x1p3",
                "NaN",
                "Infinity",
                "1d",
                "1.2.3",
                "10x",
                "MAX",
                " 1",
                "٣",
                "0000000001"
            })
    void saysWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Speed.parse(text))
                .withMessage("'" + text + "' is not max, or a number from 0.01 to 10000, such as 1 or 0.5");
    }
}
