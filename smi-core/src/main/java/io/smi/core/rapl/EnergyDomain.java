package io.smi.core.rapl;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A counter of energy that goes on where the hardware's, after minutes or hours, starts again at 0. */
final class EnergyDomain {
    private final int packageId;
    private final KernelFiles sys;
    private final String folder;
    private final KernelFile energy;
    private @Nullable Long raw;
    private long total;

    /** The domain of this folder of sysfs: this package, or a die of it. */
    EnergyDomain(int packageId, KernelFiles sys, String folder) {
        this.packageId = packageId;
        this.sys = sys;
        this.folder = folder;
        this.energy = sys.file(folder + "/energy_uj");
    }

    int packageId() {
        return packageId;
    }

    /**
     * Microjoules since an arbitrary start, the hardware's at first; null when it does not tell, or was reset since the
     * last call, and starts anew with the next. To be called twice per wrap at least.
     */
    @Nullable
    Long read(Problems problems) {
        Long before = raw;
        Long now = KernelFiles.number(energy, problems);
        if (now == null || now < 0) {
            return null;
        }
        Long growth = before == null ? now : growth(before, now, problems);
        if (growth == null) {
            raw = null;
            total = 0;
            return null;
        }
        raw = now;
        total += growth;
        return total;
    }

    /**
     * How far the counter got; null when it was reset, as on waking from suspend. A wrap that takes more than half of
     * the range is taken for that, since a counter that is read often enough does not get as far.
     */
    private @Nullable Long growth(long before, long now, Problems problems) {
        if (now >= before) {
            return now - before;
        }
        Long range = sys.number(folder + "/max_energy_range_uj", problems);
        if (range == null || range < before) {
            return null;
        }
        long wrapped = range - before + now;
        return wrapped > range / 2 ? null : Long.valueOf(wrapped);
    }

    void close() throws IOException {
        energy.close();
    }
}
