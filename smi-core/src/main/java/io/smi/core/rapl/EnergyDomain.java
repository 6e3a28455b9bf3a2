package io.smi.core.rapl;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A counter of energy that goes on where the hardware's, after minutes or hours, starts again at 0. */
final class EnergyDomain {
    /**
     * More than anything draws that has such a counter: what looks like more was not a wrap but a reset, as on waking
     * from suspend.
     */
    private static final double MOST_WATTS = 5_000;

    private final @Nullable Integer packageId;
    private final KernelFiles sys;
    private final String folder;
    private final KernelFile energy;
    private @Nullable Long raw;
    private long rawNanos;
    private long total;

    /**
     * The domain of a folder of sysfs.
     *
     * @param packageId of the package that it is, or is a part of; null when it is the platform
     */
    EnergyDomain(@Nullable Integer packageId, KernelFiles sys, String folder) {
        this.packageId = packageId;
        this.sys = sys;
        this.folder = folder;
        this.energy = sys.file(folder + "/energy_uj");
    }

    @Nullable
    Integer packageId() {
        return packageId;
    }

    /**
     * Microjoules since an arbitrary start, the hardware's at first; null when it does not tell. To be called at least
     * once per wrap, or whole wraps are missed.
     *
     * @param nanos the time, on the monotonic clock
     */
    @Nullable
    Long read(long nanos, Problems problems) {
        Long now = KernelFiles.number(energy, problems);
        Long before = raw;
        if (now == null || now < 0) {
            return null;
        }
        Long growth = before == null ? null : growth(before, now, nanos - rawNanos, problems);
        total = growth == null ? now : total + growth;
        raw = now;
        rawNanos = nanos;
        return total;
    }

    /** How far the counter got; null when it was reset. */
    private @Nullable Long growth(long before, long now, long nanos, Problems problems) {
        if (now >= before) {
            return now - before;
        }
        Long range = sys.number(folder + "/max_energy_range_uj", problems);
        if (range == null || range < before) {
            return null;
        }
        long wrapped = range - before + now;
        return wrapped > MOST_WATTS * nanos / 1e3 ? null : Long.valueOf(wrapped);
    }

    void close() throws IOException {
        energy.close();
    }
}
