package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.Arrays;

/** The lines of the CPUs in {@code /proc/stat}. */
public final class StatReader implements Reader<Stat> {
    /** User, nice, system, idle: what every kernel counts. */
    private static final int FEWEST_COLUMNS = 4;

    private final KernelFile file;

    /** As many as were online last: the next reading's arrays are made for them. */
    private int expected = 8;

    /** Reads {@code stat} of this procfs. */
    public StatReader(Roots roots) {
        this.file = roots.proc().file("stat");
    }

    @Override
    public Stat read(Problems problems) throws IOException {
        Stat stat = parse(file.read(), expected);
        expected = stat.size();
        return stat;
    }

    /**
     * Reads the line of each CPU. They come first, behind that of all together and before the interrupts.
     *
     * @throws KernelFormatException also when the interrupts do not follow: the text was cut short then, and the CPUs
     *     that are missing would look as if they were offline
     */
    static Stat parse(Cursor text, int expected) throws KernelFormatException {
        int[] ids = new int[Math.max(1, expected)];
        long[] ticks = new long[ids.length * Stat.COLUMNS];
        int count = 0;
        int columns = Stat.COLUMNS;
        if (!text.accept("cpu ")) {
            throw text.expected("the time of all CPUs");
        }
        while (text.nextLine() && text.accept("cpu")) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
                ticks = Arrays.copyOf(ticks, 2 * ticks.length);
            }
            ids[count] = id(text, count == 0 ? -1 : ids[count - 1]);
            columns = Math.min(columns, columns(text, ticks, count * Stat.COLUMNS));
            count++;
        }
        if (!text.accept("intr")) {
            throw text.expected("another CPU, or the interrupts");
        }
        return new Stat(Arrays.copyOf(ids, count), Arrays.copyOf(ticks, count * Stat.COLUMNS), columns);
    }

    private static int id(Cursor text, int previous) throws KernelFormatException {
        long id = text.number();
        if (id <= previous || id >= CpuList.MOST) {
            throw text.expected("a CPU after cpu" + previous);
        }
        return (int) id;
    }

    private static int columns(Cursor text, long[] ticks, int start) throws KernelFormatException {
        int column = 0;
        while (column < Stat.COLUMNS && !text.atLineEnd()) {
            ticks[start + column] = text.number();
            column++;
        }
        if (column < FEWEST_COLUMNS) {
            throw text.expected("at least " + FEWEST_COLUMNS + " columns");
        }
        return column;
    }
}
