package io.smi.core.hwmon;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a chip.
 *
 * @param file its value, in the millionths or thousandths of hwmon
 * @param fault says 1 when the value is worthless because no sensor answers; null when the chip cannot tell
 * @param max its limit *_max as it is, which nobody changes in passing
 * @param critical its limit *_crit as it is
 */
record Input(
        KernelFile file,
        @Nullable KernelFile fault,
        @Nullable String label,
        @Nullable Long max,
        @Nullable Long critical) {

    /** Its value now; null when it has none or one that lies outside these bounds. */
    @Nullable
    Long value(long lowest, long highest, Problems problems) {
        Long faulty = fault == null ? null : KernelFiles.number(fault, problems);
        if (faulty != null && faulty != 0) {
            return null;
        }
        Long value = KernelFiles.number(file, problems);
        return value == null || value < lowest || value > highest ? null : value;
    }

    static void close(List<Input> inputs) throws IOException {
        for (Input input : inputs) {
            input.file.close();
            if (input.fault != null) {
                input.fault.close();
            }
        }
    }
}
