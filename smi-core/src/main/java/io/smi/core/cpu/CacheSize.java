package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Sizes of caches: {@code cpu<N>/cache/index<M>} of sysfs. */
final class CacheSize {
    private CacheSize() {}

    /** A cache as a CPU sees it; its folder, relative to sysfs. */
    private record Cache(String folder, long level) {}

    /**
     * The last-level caches of these CPUs together. A cache that several CPUs share is counted once, and is told from
     * another by the list of those. Null when not all of them are known.
     */
    static @Nullable Long lastLevel(KernelFiles sys, BitSet cpus, Problems problems) {
        long level = 0;
        long bytes = 0;
        boolean known = false;
        BitSet counted = new BitSet();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            Cache cache = counted.get(cpu) ? null : last(sys, OnlineCpus.path(cpu, "cache"), problems);
            // Cores outside of the ring that shares the last level end at a lower one.
            if (cache == null || cache.level < level) {
                continue;
            }
            if (cache.level > level) {
                level = cache.level;
                bytes = 0;
                known = true;
            }
            BitSet sharers = CpuList.read(sys, cache.folder + "/shared_cpu_list", problems);
            Long size = bytes(sys, cache.folder + "/size", problems);
            if (sharers == null || size == null) {
                known = false;
            } else {
                counted.or(sharers);
                bytes += size;
            }
        }
        return known ? bytes : null;
    }

    /**
     * The cache of the highest level; of two of them the first, which holds data where the other holds instructions.
     */
    private static @Nullable Cache last(KernelFiles sys, String folder, Problems problems) {
        Cache last = null;
        for (String name : sys.list(folder)) {
            Long level = name.startsWith("index") ? sys.number(folder + "/" + name + "/level", problems) : null;
            if (level != null && (last == null || level > last.level)) {
                last = new Cache(folder + "/" + name, level);
            }
        }
        return last;
    }

    /** A size such as 32768K. */
    private static @Nullable Long bytes(KernelFiles sys, String path, Problems problems) {
        String text = sys.text(path, problems);
        if (text == null) {
            return null;
        }
        int shift = 10 * (1 + "KMG".indexOf(text.charAt(text.length() - 1)));
        try {
            long size = Long.parseLong(text, 0, text.length() - 1, 10);
            if (shift > 0 && size > 0) {
                return size << shift;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problems.failed(sys.path(path) + ": expected a size in K, M or G in \"" + text + "\"");
        return null;
    }
}
