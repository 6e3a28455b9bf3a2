package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.schema.EccCounts;
import io.smi.schema.GpuEcc;
import io.smi.schema.GpuEccBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code ras/umc_err_count}: the errors of a card's memory since its driver was loaded ({@code amdgpu_ras_sysfs_read}). Only
 * cards with error correction have it.
 */
final class MemoryErrors {
    private MemoryErrors() {}

    static @Nullable GpuEcc read(@Nullable KernelFile file, Problems problems) {
        Cursor text = file == null ? null : KernelFiles.attribute(file, problems);
        try {
            EccCounts counts = text == null ? null : counts(text);
            return counts == null
                    ? null
                    : GpuEccBuilder.builder().volatileCounts(counts).build();
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** From {@code ue: 0} and {@code ce: 1}; null while the card is being reset. */
    static @Nullable EccCounts counts(Cursor text) throws KernelFormatException {
        if (text.atEnd() || text.accept("Query currently inaccessible")) {
            return null;
        }
        long uncorrected = count(text, "ue: ");
        long corrected = count(text, "ce: ");
        return new EccCounts(corrected, uncorrected);
    }

    private static long count(Cursor text, String name) throws KernelFormatException {
        if (!text.accept(name)) {
            throw text.expected(name);
        }
        long count = text.number();
        if (count < 0 || !text.accept("\n")) {
            throw text.expected("a line with a count");
        }
        return count;
    }
}
