package io.smi.core.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Span;
import io.smi.core.oshi.OshiCpuReader.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OshiCpuReaderTest {
    /** User, nice, system, idle, iowait, irq, softirq, steal. */
    private static Facts facts(Long... ticks) {
        return new Facts(null, null, List.of(), List.of(List.of(ticks)), List.of(), null, null);
    }

    private static @Nullable Double[] growth(Facts before, Facts after) {
        return OshiCpuReader.growth(new Span<>(before, after, 1_000_000_000), 0);
    }

    /** Linux may take back what it charged to iowait, and charge it to idle. */
    @Test
    void aPauseThatWasChargedAnewIsNone() {
        Facts before = facts(10L, 0L, 10L, 100L, 50L, 0L, 0L, 0L);
        assertThat(growth(before, facts(20L, 0L, 10L, 160L, 40L, 0L, 0L, 0L)))
                .containsExactly(10.0, 0.0, 0.0, 60.0, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void anythingElseThatGoesBackwardsIsNotKnown() {
        Facts before = facts(10L, 0L, 10L, 100L, 50L, 0L, 0L, 0L);
        assertThat(growth(before, facts(5L, 0L, 10L, 160L, 50L, 0L, 0L, 0L))[0]).isNull();
    }
}
