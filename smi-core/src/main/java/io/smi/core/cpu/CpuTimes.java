package io.smi.core.cpu;

import io.smi.core.Span;
import io.smi.schema.CpuModes;
import io.smi.schema.CpuModesBuilder;
import org.jspecify.annotations.Nullable;

/** Where the time of a CPU, or of several together, went between two readings. */
final class CpuTimes {
    private final long[] growth = new long[Stat.COLUMNS];
    private final Stat stat;

    private CpuTimes(Stat stat) {
        this.stat = stat;
    }

    /** Of no CPU yet. */
    static CpuTimes none(Span<Stat> span) {
        return new CpuTimes(span.after());
    }

    /** Of this CPU; null when it was not online both times, or a counter went backwards. */
    static @Nullable CpuTimes of(Span<Stat> span, int cpu) {
        int first = span.before().indexOf(cpu);
        int last = span.after().indexOf(cpu);
        if (first < 0 || last < 0) {
            return null;
        }
        CpuTimes times = new CpuTimes(span.after());
        long[] growth = times.growth;
        for (int column = 0; column < Stat.COLUMNS; column++) {
            growth[column] = span.after().ticks(last, column) - span.before().ticks(first, column);
        }
        settleIdle(growth);
        for (long ticks : growth) {
            if (ticks < 0) {
                return null;
            }
        }
        takeOut(growth, Stat.USER, Stat.GUEST);
        takeOut(growth, Stat.NICE, Stat.GUEST_NICE);
        return times;
    }

    /**
     * The kernel charges a pause that still lasts to idle or to iowait, and may change its mind when the pause ends:
     * one of them falls then by what the other one gets. Iowait may fall without that.
     */
    private static void settleIdle(long[] growth) {
        long both = growth[Stat.IDLE] + growth[Stat.IOWAIT];
        if (growth[Stat.IOWAIT] < 0 && growth[Stat.IDLE] >= 0) {
            growth[Stat.IOWAIT] = 0;
            growth[Stat.IDLE] = Math.max(0, both);
        } else if (growth[Stat.IDLE] < 0 && both >= 0) {
            growth[Stat.IDLE] = 0;
            growth[Stat.IOWAIT] = both;
        }
    }

    /** The kernel charges a guest's time twice, to the guest and to the program that runs it. */
    private static void takeOut(long[] growth, int whole, int part) {
        growth[whole] = Math.max(0, growth[whole] - growth[part]);
    }

    /** Puts another CPU's time to this. */
    void add(CpuTimes other) {
        for (int column = 0; column < growth.length; column++) {
            growth[column] += other.growth[column];
        }
    }

    private long total() {
        long total = 0;
        for (long ticks : growth) {
            total += ticks;
        }
        return total;
    }

    /** Share of anything but idle and iowait; null when no time passed. */
    @Nullable
    Double utilization() {
        long total = total();
        return Span.percent(total - growth[Stat.IDLE] - growth[Stat.IOWAIT], total);
    }

    /** Shares of the modes that this kernel counts; null when no time passed. */
    @Nullable
    CpuModes modes() {
        if (total() == 0) {
            return null;
        }
        return CpuModesBuilder.builder()
                .user(share(Stat.USER))
                .nice(share(Stat.NICE))
                .system(share(Stat.SYSTEM))
                .idle(share(Stat.IDLE))
                .iowait(share(Stat.IOWAIT))
                .irq(share(Stat.IRQ))
                .softirq(share(Stat.SOFTIRQ))
                .steal(share(Stat.STEAL))
                .guest(Span.percent(
                        growth[Stat.GUEST] + growth[Stat.GUEST_NICE], stat.counts(Stat.GUEST) ? total() : null))
                .build();
    }

    private @Nullable Double share(int column) {
        return Span.percent(growth[column], stat.counts(column) ? total() : null);
    }
}
