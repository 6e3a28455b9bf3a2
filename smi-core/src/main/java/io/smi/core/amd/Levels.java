package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import org.jspecify.annotations.Nullable;

/** {@code pp_dpm_sclk}, {@code pp_dpm_mclk}: the levels that a clock can be at. */
final class Levels {
    private static final String UNIT = "Mhz";

    private Levels() {}

    /** The highest, in MHz; null when not known. */
    static @Nullable Integer highest(@Nullable KernelFile file, Problems problems) {
        Cursor text = file == null ? null : KernelFiles.attribute(file, problems);
        try {
            return text == null ? null : highest(text);
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** From {@code 0: 500Mhz *}, and such a line for each level; deep sleep is level S. */
    static @Nullable Integer highest(Cursor text) throws KernelFormatException {
        int highest = 0;
        while (!text.atEnd()) {
            int mhz = text.skipPast(':') ? mhz(text.word()) : -1;
            text.rest();
            if (mhz < 0 || !text.accept("\n")) {
                throw text.expected("a level such as 0: 500Mhz");
            }
            highest = Math.max(highest, mhz);
        }
        return highest == 0 ? null : Integer.valueOf(highest);
    }

    private static int mhz(String word) {
        return word.endsWith(UNIT) ? KernelFiles.number(word.substring(0, word.length() - UNIT.length()), 0) : -1;
    }
}
