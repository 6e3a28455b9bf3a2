package io.smi.cli.table;

import io.smi.cli.text.Human;
import io.smi.schema.EccCounts;
import io.smi.schema.Memory;
import org.jspecify.annotations.Nullable;

/** Main memory: use, swap, the cgroup's limit, and errors when there were any. */
final class MemoryBlock {

    private MemoryBlock() {}

    static void print(Sheet sheet, Memory memory) {
        sheet.end();
        sheet.bold("MEM").to(Sheet.INDENT).bar(memory.utilizationPercent(), Sheet.BAR);
        sheet.right(Human.percent(memory.utilizationPercent()), Sheet.PERCENT_END);
        sheet.text("   " + Human.bytes(memory.usedBytes()) + " of " + Human.bytes(memory.totalBytes()));
        sheet.right(Human.bytes(memory.availableBytes()) + " avail", Sheet.WIDTH)
                .end();
        share(sheet, "swap", memory.swapUsedBytes(), memory.swapTotalBytes());
        share(sheet, "limit", memory.limitUsedBytes(), memory.limitBytes());
        EccCounts ecc = memory.ecc();
        if (ecc != null && (isSome(ecc.correctedTotal()) || isSome(ecc.uncorrectedTotal()))) {
            sheet.to(Sheet.INDENT)
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
        sheet.to(Sheet.INDENT).bar(percent, Sheet.BAR).right(Human.percent(percent), Sheet.PERCENT_END);
        sheet.text("   " + Human.bytes(used) + " of " + Human.bytes(total) + " ")
                .dim(name)
                .end();
    }

    private static boolean isSome(@Nullable Long count) {
        return count != null && count > 0;
    }
}
