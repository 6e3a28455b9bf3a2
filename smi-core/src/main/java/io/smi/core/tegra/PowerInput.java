package io.smi.core.tegra;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One input of a power monitor.
 *
 * @param voltage in mV
 * @param current in mA; a little below 0 where nothing flows, as the monitor is not exact
 */
record PowerInput(KernelFile voltage, KernelFile current) implements Closeable {
    /** More than an INA3221 can be given, and than a module draws. */
    private static final long MOST_MILLIVOLT = 26_000;

    private static final long MOST_MILLIAMPERE = 100_000;

    /** Null for an input that gives no value, as one that is turned off. */
    @Nullable
    Double watts(Problems problems) {
        Long millivolt = KernelFiles.number(voltage, problems);
        Long milliampere = KernelFiles.number(current, problems);
        if (millivolt == null || milliampere == null) {
            return null;
        }
        boolean plausible =
                millivolt > 0 && millivolt <= MOST_MILLIVOLT && milliampere >= 0 && milliampere <= MOST_MILLIAMPERE;
        return plausible ? Double.valueOf(millivolt * milliampere / 1e6) : null;
    }

    @Override
    public void close() throws IOException {
        voltage.close();
        current.close();
    }
}
