package io.smi.core.storage;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/diskstats}: the counters of every block device, its partitions and mapped devices included, by their
 * {@link Disk#number}. The fields are those of the kernel's {@code Documentation/admin-guide/iostats.rst}.
 */
public final class DiskstatsReader implements Reader<Map<Long, Disk>> {
    /** What the kernel means by a sector, whatever the device does. */
    private static final int SECTOR = 512;

    private final KernelFile file;

    /** Reads this procfs. */
    public DiskstatsReader(Roots roots) {
        this.file = roots.proc().file("diskstats");
    }

    @Override
    public @Nullable Map<Long, Disk> read(Problems problems) throws IOException {
        try {
            return parse(file.read());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    static Map<Long, Disk> parse(Cursor text) throws KernelFormatException {
        Map<Long, Disk> disks = new HashMap<>();
        while (!text.atEnd()) {
            long number = Disk.number(text.number(), text.number());
            text.skipWords(3);
            long read = text.number();
            text.skipWords(3);
            long written = text.number();
            text.skipWords(2);
            long busyMillis = text.number();
            // What follows tells that this one was not cut.
            text.number();
            disks.put(number, new Disk(read * SECTOR, written * SECTOR, busyMillis));
            text.nextLine();
        }
        return disks;
    }
}
