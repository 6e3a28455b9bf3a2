package io.smi.cli.table;

import io.smi.cli.text.Human;
import io.smi.schema.CoreType;
import io.smi.schema.Cpu;
import io.smi.schema.CpuModes;
import io.smi.schema.LogicalCpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One processor package: its load, where the time went, and its logical CPUs. */
final class CpuBlock {
    private static final int CELLS = 3;
    private static final int CELL = 25;
    private static final int CELL_BAR = 10;
    /** Up to here each logical CPU gets a bar of its own; beyond, a character. */
    private static final int MOST_BARS = 24;

    private static final int LEVELS = 64;

    private CpuBlock() {}

    static void print(Sheet sheet, Cpu cpu) {
        sheet.end();
        String size = count(cpu.cores(), "core") + ", " + count(cpu.threads(), "thread");
        String model = cpu.model() == null ? Human.UNKNOWN : cpu.model();
        sheet.bold("CPU").to(Sheet.INDENT).fit(model, Sheet.WIDTH - size.length() - 2);
        sheet.right(size, Sheet.WIDTH).end();

        sheet.to(Sheet.INDENT)
                .bar(cpu.utilizationPercent(), Sheet.BAR)
                .right(Human.percent(cpu.utilizationPercent()), Sheet.PERCENT_END);
        sheet.right(Human.clock(cpu.clockMhz()), 52);
        sheet.right(Human.celsius(cpu.temperatureCelsius(), sheet.style().unicode()), 62);
        sheet.right(Human.watts(cpu.powerWatts()), 72).end();
        modes(sheet, cpu.modesPercent());
        List<LogicalCpu> logical = cpu.logical();
        if (logical.size() <= MOST_BARS) {
            bars(sheet, logical);
        } else {
            levels(sheet, logical);
        }
    }

    private static void modes(Sheet sheet, @Nullable CpuModes modes) {
        if (modes == null) {
            return;
        }
        sheet.to(Sheet.INDENT);
        mode(sheet, "user", modes.user());
        mode(sheet, "nice", modes.nice());
        mode(sheet, "system", modes.system());
        mode(sheet, "iowait", modes.iowait());
        mode(sheet, "steal", modes.steal());
        mode(sheet, "guest", modes.guest());
        sheet.end();
    }

    private static void mode(Sheet sheet, String name, @Nullable Double percent) {
        sheet.dim(name + " ")
                .text(percent == null ? Human.UNKNOWN : Human.decimals(percent, 1))
                .text("  ");
    }

    private static void bars(Sheet sheet, List<LogicalCpu> logical) {
        for (int i = 0; i < logical.size(); i++) {
            LogicalCpu cpu = logical.get(i);
            int start = Sheet.INDENT + i % CELLS * CELL;
            String label = cpu.id() + kind(cpu);
            sheet.to(start).dim(label).to(start + 5).bar(cpu.utilizationPercent(), CELL_BAR);
            sheet.right(Human.percent(cpu.utilizationPercent()), start + CELL - 2);
            if (i % CELLS == CELLS - 1 || i == logical.size() - 1) {
                sheet.end();
            }
        }
    }

    private static void levels(Sheet sheet, List<LogicalCpu> logical) {
        for (int i = 0; i < logical.size(); i++) {
            if (i % LEVELS == 0) {
                sheet.right(Integer.toString(logical.get(i).id()), Sheet.INDENT + 4)
                        .text(" ");
            }
            sheet.level(logical.get(i).utilizationPercent());
            if (i % LEVELS == LEVELS - 1 || i == logical.size() - 1) {
                sheet.end();
            }
        }
    }

    private static String kind(LogicalCpu cpu) {
        if (cpu.type() == CoreType.PERFORMANCE) {
            return "P";
        }
        return cpu.type() == CoreType.EFFICIENCY ? "E" : "";
    }

    private static String count(@Nullable Integer number, String noun) {
        return (number == null ? Human.UNKNOWN : number.toString()) + " " + noun
                + (number != null && number == 1 ? "" : "s");
    }
}
