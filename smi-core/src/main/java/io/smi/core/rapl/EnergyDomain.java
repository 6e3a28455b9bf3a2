package io.smi.core.rapl;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A counter of energy that goes on where the hardware's, after minutes or hours, starts again at 0. */
final class EnergyDomain {
    /** More than any package draws. */
    private static final long MOST_WATTS = 1000;

    private final int packageId;
    private final KernelFiles sys;
    private final String folder;
    private final KernelFile energy;
    private final LongSupplier nanoTime;
    private @Nullable Long range;
    private @Nullable Long raw;
    private long rawNanos;
    private long total;

    /** The domain of this folder of sysfs: this package, or a die of it. */
    EnergyDomain(int packageId, KernelFiles sys, String folder, LongSupplier nanoTime) {
        this.packageId = packageId;
        this.sys = sys;
        this.folder = folder;
        this.nanoTime = nanoTime;
        this.energy = sys.file(folder + "/energy_uj");
    }

    int packageId() {
        return packageId;
    }

    /**
     * Microjoules since an arbitrary start, the hardware's at first; null when it does not tell, or was reset since the
     * last call, or may have come round more than once, and starts anew with the next.
     */
    @Nullable
    Long read(Problems problems) {
        Long before = raw;
        Long now = KernelFiles.number(energy, problems);
        if (now == null || now < 0) {
            return null;
        }
        long nanos = nanoTime.getAsLong();
        Long growth = before == null ? now : growth(before, now, nanos - rawNanos, problems);
        if (growth == null) {
            raw = null;
            total = 0;
            return null;
        }
        raw = now;
        rawNanos = nanos;
        total += growth;
        return total;
    }

    /**
     * How far the counter got in this time; null when that was long enough to come round more than once, which cannot
     * be seen, or when it was reset, as on waking from suspend. A wrap that takes more than half of the range is taken
     * for that: few processors get as far within any usual interval.
     */
    private @Nullable Long growth(long before, long now, long nanos, Problems problems) {
        Long most = range;
        if (most == null) {
            most = sys.number(folder + "/max_energy_range_uj", problems);
            range = most;
        }
        if (most == null || most < before || nanos / 1000 * MOST_WATTS > most) {
            return null;
        }
        if (now >= before) {
            return now - before;
        }
        long wrapped = most - before + now;
        return wrapped > most / 2 ? null : Long.valueOf(wrapped);
    }

    void close() throws IOException {
        energy.close();
    }
}
