package io.smi.cli.table;

import io.smi.schema.EccCounts;
import io.smi.schema.Memory;
import org.jspecify.annotations.Nullable;

/** Main memory: use, swap, the cgroup's limit, and errors when there were any. */
final class MemoryBlock {
    private static final int INDENT = 6;
    private static final int BAR = 24;

    private MemoryBlock() {}

    static void print(Sheet sheet, Memory memory) {
        sheet.end();
        sheet.bold("MEM").to(INDENT).bar(memory.utilizationPercent(), BAR);
        sheet.right(Human.percent(memory.utilizationPercent()), 39);
        sheet.text("   " + Human.bytes(memory.usedBytes()) + " of " + Human.bytes(memory.totalBytes()));
        sheet.right(Human.bytes(memory.availableBytes()) + " available", Sheet.WIDTH)
                .end();
        share(sheet, "swap", memory.swapUsedBytes(), memory.swapTotalBytes());
        share(sheet, "limit", memory.limitUsedBytes(), memory.limitBytes());
        EccCounts ecc = memory.ecc();
        if (ecc != null && (isSome(ecc.correctedTotal()) || isSome(ecc.uncorrectedTotal()))) {
            sheet.to(INDENT)
                    .warning("memory errors: " + ecc.correctedTotal() + " corrected, " + ecc.uncorrectedTotal()
                            + " uncorrected")
                    .end();
        }
    }

    private static void share(Sheet sheet, String name, @Nullable Long used, @Nullable Long total) {
        if (used == null || total == null || total == 0) {
            return;
        }
        double percent = Math.min(100, 100.0 * used / total);
        sheet.to(INDENT).bar(percent, BAR).right(Human.percent(percent), 39);
        sheet.text("   " + Human.bytes(used) + " of " + Human.bytes(total) + " ")
                .dim(name)
                .end();
    }

    private static boolean isSome(@Nullable Long count) {
        return count != null && count > 0;
    }
}
