package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Span;
import io.smi.schema.CpuModes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CpuTimesTest {
    private static final long[] ZERO = new long[Stat.COLUMNS];

    @Test
    void everythingButIdleAndIowaitIsUse() {
        CpuTimes times = between(ZERO, new long[] {10, 5, 20, 30, 10, 5, 5, 15, 0, 0});
        assertThat(times.utilization()).isEqualTo(60);
        assertThat(times.modes()).isEqualTo(new CpuModes(10d, 5d, 20d, 30d, 10d, 5d, 5d, 15d, 0d));
    }

    @Test
    void theTimeOfGuestsIsCountedOnce() {
        CpuTimes times = between(ZERO, new long[] {50, 30, 0, 20, 0, 0, 0, 0, 40, 30});
        assertThat(times.utilization()).isEqualTo(80);
        assertThat(times.modes()).isEqualTo(new CpuModes(10d, 0d, 0d, 20d, 0d, 0d, 0d, 0d, 70d));
    }

    @Test
    void aGuestThatIsChargedAheadOfItsHostTakesNothingAway() {
        CpuTimes times = between(ZERO, new long[] {10, 0, 0, 88, 0, 0, 0, 0, 12, 0});
        assertThat(times.modes()).isEqualTo(new CpuModes(0d, 0d, 0d, 88d, 0d, 0d, 0d, 0d, 12d));
    }

    @Test
    void aPauseMovesFromIowaitToIdle() {
        CpuTimes times =
                between(new long[] {0, 0, 0, 100, 50, 0, 0, 0, 0, 0}, new long[] {6, 0, 0, 109, 45, 0, 0, 0, 0, 0});
        assertThat(times.modes()).isEqualTo(new CpuModes(60d, 0d, 0d, 40d, 0d, 0d, 0d, 0d, 0d));
    }

    @Test
    void aPauseMovesFromIdleToIowait() {
        CpuTimes times =
                between(new long[] {0, 0, 0, 100, 50, 0, 0, 0, 0, 0}, new long[] {6, 0, 0, 95, 59, 0, 0, 0, 0, 0});
        assertThat(times.modes()).isEqualTo(new CpuModes(60d, 0d, 0d, 0d, 40d, 0d, 0d, 0d, 0d));
    }

    @Test
    void iowaitMayFallWhileTheCpuIsBusy() {
        CpuTimes times =
                between(new long[] {0, 0, 0, 100, 50, 0, 0, 0, 0, 0}, new long[] {10, 0, 0, 100, 48, 0, 0, 0, 0, 0});
        assertThat(times.utilization()).isEqualTo(100);
    }

    @Test
    void anyOtherCounterThatFallsMakesItUnknown() {
        for (int column = 0; column < Stat.COLUMNS; column++) {
            long[] before = new long[Stat.COLUMNS];
            long[] after = {10, 10, 10, 0, 10, 10, 10, 10, 10, 10};
            before[column] = 30;
            if (column != Stat.IOWAIT) {
                assertThat(CpuTimes.of(span(before, after), 0))
                        .as("column " + column)
                        .isNull();
            }
        }
    }

    @Test
    void noTimePassed() {
        CpuTimes times = between(ZERO, ZERO);
        assertThat(times.utilization()).isNull();
        assertThat(times.modes()).isNull();
    }

    @Test
    void modesThatTheKernelDoesNotCountAreUnknown() {
        Span<Stat> span = new Span<>(
                new Stat(new int[] {0}, ZERO.clone(), 4),
                new Stat(new int[] {0}, new long[] {1, 0, 0, 3, 0, 0, 0, 0, 0, 0}, 4),
                1);
        assertThat(known(span, 0).modes()).isEqualTo(new CpuModes(25d, 0d, 0d, 75d, null, null, null, null, null));
    }

    @Test
    void cpusAddUp() {
        Span<Stat> span = new Span<>(
                new Stat(new int[] {0, 1}, new long[2 * Stat.COLUMNS], Stat.COLUMNS),
                new Stat(
                        new int[] {0, 1},
                        new long[] {100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 90, 0, 0, 0, 0, 0, 0},
                        Stat.COLUMNS),
                1);
        CpuTimes all = CpuTimes.none(span);
        assertThat(all.utilization()).isNull();
        all.add(known(span, 0));
        all.add(known(span, 1));
        assertThat(all.utilization()).isEqualTo(55);
    }

    @Test
    void aCpuThatWasNotThereBothTimesIsUnknown() {
        Span<Stat> span = new Span<>(
                new Stat(new int[] {0}, ZERO.clone(), Stat.COLUMNS),
                new Stat(new int[] {0, 1}, new long[2 * Stat.COLUMNS], Stat.COLUMNS),
                1);
        assertThat(CpuTimes.of(span, 1)).isNull();
    }

    private static CpuTimes between(long[] before, long[] after) {
        return known(span(before, after), 0);
    }

    private static CpuTimes known(Span<Stat> span, int cpu) {
        return Objects.requireNonNull(CpuTimes.of(span, cpu));
    }

    private static Span<Stat> span(long[] before, long[] after) {
        int[] ids = {0};
        return new Span<>(new Stat(ids, before, Stat.COLUMNS), new Stat(ids, after, Stat.COLUMNS), 1);
    }
}
