package io.smi.core.memory;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /proc/meminfo}. */
public final class MeminfoReader implements Reader<MeminfoReader.Meminfo> {
    private final KernelFile file;

    /** Reads {@code meminfo} of this procfs. */
    public MeminfoReader(Roots roots) {
        this.file = roots.proc().file("meminfo");
    }

    /** Lines of {@code /proc/meminfo}, in bytes; null where the kernel prints no such line. */
    public record Meminfo(
            @Nullable Long total,
            @Nullable Long free,
            @Nullable Long available,
            @Nullable Long buffers,
            @Nullable Long cached,
            @Nullable Long dirty,
            @Nullable Long shared,
            @Nullable Long swapTotal,
            @Nullable Long swapFree) {}

    @Override
    public Meminfo read(Problems problems) throws IOException {
        return parse(file.read(), problems);
    }

    static Meminfo parse(Cursor text, Problems problems) {
        @Nullable Long[] values = new @Nullable Long[KEYS.length];
        do {
            for (int i = 0; i < KEYS.length; i++) {
                if (values[i] == null && text.accept(KEYS[i])) {
                    values[i] = kilobytes(text, problems);
                    break;
                }
            }
        } while (text.nextLine());
        if (values[0] == null) {
            problems.failed(text.path() + ": has no MemTotal");
        }
        return new Meminfo(
                values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8]);
    }

    /** In the order of {@link Meminfo}. */
    private static final String[] KEYS = {
        "MemTotal:", "MemFree:", "MemAvailable:", "Buffers:", "Cached:", "Dirty:", "Shmem:", "SwapTotal:", "SwapFree:"
    };

    /** A cut line ends before its unit, and would give a wrong number. */
    private static @Nullable Long kilobytes(Cursor text, Problems problems) {
        try {
            long value = text.number();
            if (!text.accept(" kB")) {
                throw text.expected("a number of kB");
            }
            return value * 1024;
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }
}
