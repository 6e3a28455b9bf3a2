package io.smi.core.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "unknown", "Unknown", " UNKNOWN ", "To be filled by O.E.M.", "Default string"})
    void whatIsNoTextIsNull(String text) {
        assertThat(Known.text(text)).isNull();
        assertThat(Known.text(null)).isNull();
    }

    @Test
    void whatIsKnownIsKept() {
        assertThat(Known.text(" unknown maker ")).isEqualTo("unknown maker");
        assertThat(Known.positive(1)).isEqualTo(1);
        assertThat(Known.count(0)).isZero();
        assertThat(Known.small(1500)).isEqualTo(1500);
        assertThat(Known.measured(0.5)).isEqualTo(0.5);
        assertThat(Known.notNegative(0)).isZero();
    }

    @Test
    void whatCannotBeIsNull() {
        assertThat(Known.positive(0)).isNull();
        assertThat(Known.positive(-1)).isNull();
        assertThat(Known.count(-1)).isNull();
        assertThat(Known.small(0)).isNull();
        assertThat(Known.small(1L << 31)).isNull();
        assertThat(Known.measured(0)).isNull();
        assertThat(Known.measured(-1)).isNull();
        assertThat(Known.measured(Double.NaN)).isNull();
        assertThat(Known.measured(Double.POSITIVE_INFINITY)).isNull();
        assertThat(Known.notNegative(-1)).isNull();
        assertThat(Known.notNegative(Double.NaN)).isNull();
    }
}
