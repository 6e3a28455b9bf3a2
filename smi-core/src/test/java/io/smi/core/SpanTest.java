package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpanTest {
    private final Span<String> twoSeconds = new Span<>("before", "after", 2_000_000_000L);

    @Test
    void aRateIsGrowthPerSecond() {
        assertThat(twoSeconds.seconds()).isEqualTo(2);
        assertThat(twoSeconds.perSecond(100L, 150L)).isEqualTo(25);
        assertThat(twoSeconds.perSecond(0.5, 1.5)).isEqualTo(0.5);
        assertThat(twoSeconds.perSecond(7L, 7L)).isZero();
    }

    @Test
    void aCounterThatWentBackwardsHasNoRate() {
        assertThat(twoSeconds.perSecond(150L, 100L)).isNull();
        assertThat(Span.growth(1.5, 0.5)).isNull();
    }

    @Test
    void whatIsUnknownHasNoRate() {
        assertThat(twoSeconds.perSecond(null, 100L)).isNull();
        assertThat(twoSeconds.perSecond(100L, null)).isNull();
    }

    @Test
    void largeCountersKeepTheirLowDigits() {
        assertThat(Span.growth(Long.MAX_VALUE - 3, Long.MAX_VALUE)).isEqualTo(3);
    }

    @Test
    void aShareStaysWithinAHundred() {
        assertThat(Span.percent(1L, 4L)).isEqualTo(25);
        assertThat(Span.percent(5L, 4L)).isEqualTo(100);
    }

    @Test
    void aShareOfNothingIsUnknown() {
        assertThat(Span.percent(0L, 0L)).isNull();
        assertThat(Span.percent(null, 4L)).isNull();
        assertThat(Span.percent(1L, null)).isNull();
    }

    @Test
    void aSpanTakesTime() {
        assertThatThrownBy(() -> new Span<>(1, 2, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
