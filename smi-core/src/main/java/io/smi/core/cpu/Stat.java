package io.smi.core.cpu;

import java.util.Arrays;

/**
 * Time that each logical CPU has spent in each mode since boot, in ticks of 1/100 s. Offline CPUs are not in it.
 *
 * <p>Kept in two arrays and not as an object per CPU: two such readings are all that a rate needs, every interval anew.
 */
public final class Stat {
    /** The kernel's columns, in its order. User includes guest, and nice includes guest_nice. */
    static final int USER = 0;

    static final int NICE = 1;
    static final int SYSTEM = 2;
    static final int IDLE = 3;
    static final int IOWAIT = 4;
    static final int IRQ = 5;
    static final int SOFTIRQ = 6;
    static final int STEAL = 7;
    static final int GUEST = 8;
    static final int GUEST_NICE = 9;

    /** Columns that are known of at all; later kernels may append others. */
    static final int COLUMNS = 10;

    private final int[] ids;
    private final long[] ticks;
    private final int columns;

    /**
     * Takes the arrays over.
     *
     * @param ids the CPUs, ascending
     * @param ticks {@link #COLUMNS} for each
     * @param columns how many of them this kernel counts: 4 in Linux 2.4, all since 2.6.33
     */
    Stat(int[] ids, long[] ticks, int columns) {
        this.ids = ids;
        this.ticks = ticks;
        this.columns = columns;
    }

    int size() {
        return ids.length;
    }

    int id(int index) {
        return ids[index];
    }

    /** Where this CPU is; negative when it is offline. */
    int indexOf(int cpu) {
        return Arrays.binarySearch(ids, cpu);
    }

    long ticks(int index, int column) {
        return ticks[index * COLUMNS + column];
    }

    /** Whether this kernel counts this column. */
    boolean counts(int column) {
        return column < columns;
    }
}
