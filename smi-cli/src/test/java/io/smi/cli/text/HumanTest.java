package io.smi.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HumanTest {
    @Test
    void bytesHaveThreeDigitsAndABinaryUnit() {
        assertThat(Human.bytes(0L)).isEqualTo("0 B");
        assertThat(Human.bytes(999L)).isEqualTo("999 B");
        assertThat(Human.bytes(1000L)).isEqualTo("0.98 KiB");
        assertThat(Human.bytes(10L << 10)).isEqualTo("10.0 KiB");
        assertThat(Human.bytes(1023L << 20)).isEqualTo("1.00 GiB");
        assertThat(Human.bytes(25276502016L)).isEqualTo("23.5 GiB");
        assertThat(Human.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
    }

    @Test
    void whatIsNotKnownIsADash() {
        assertThat(Human.bytes(null)).isEqualTo("-");
        assertThat(Human.percent(null)).isEqualTo("-");
        assertThat(Human.watts(null)).isEqualTo("-");
        assertThat(Human.clock(null)).isEqualTo("-");
        assertThat(Human.uptime(null)).isEqualTo("-");
    }

    @Test
    void percentagesHaveOneDecimalUpToTheEnd() {
        assertThat(Human.percent(0.0)).isEqualTo("0.0 %");
        assertThat(Human.percent(99.94)).isEqualTo("99.9 %");
        assertThat(Human.percent(99.99)).isEqualTo("100 %");
        assertThat(Human.percent(100.0)).isEqualTo("100 %");
    }

    @Test
    void decimalsKeepTheSignAndLeadingZeros() {
        assertThat(Human.decimals(-1.05, 2)).isEqualTo("-1.05");
        assertThat(Human.decimals(-0.001, 2)).isEqualTo("0.00");
        assertThat(Human.decimals(7.004, 2)).isEqualTo("7.00");
    }

    @Test
    void clocksAndUptimes() {
        assertThat(Human.clock(800)).isEqualTo("800 MHz");
        assertThat(Human.clock(2596)).isEqualTo("2.60 GHz");
        assertThat(Human.uptime(59.0)).isEqualTo("0 min");
        assertThat(Human.uptime(3600.0 * 27)).isEqualTo("1 d 3 h");
        assertThat(Human.uptime(3660.0)).isEqualTo("1 h 1 min");
    }
}
