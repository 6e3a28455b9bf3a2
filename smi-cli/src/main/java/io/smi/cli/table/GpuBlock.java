package io.smi.cli.table;

import io.smi.cli.text.Human;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One accelerator: who it is, its load and memory, temperature, power and clock. */
final class GpuBlock {

    private GpuBlock() {}

    static void print(Sheet sheet, Gpu gpu) {
        sheet.end();
        String title =
                gpu.deviceType() == null ? "GPU" : gpu.deviceType().label().toUpperCase(Locale.ROOT);
        String name = ChassisBlock.join(" ", index(gpu), gpu.name() == null ? gpu.vendor() : gpu.name());
        sheet.bold(title).to(Sheet.INDENT).fit(name, Sheet.WIDTH - 26);
        String state = gpu.state() == null ? "" : gpu.state().label();
        sheet.right(Objects.requireNonNullElse(gpu.pciBusId(), "") + "  " + state, Sheet.WIDTH)
                .end();
        if (gpu.state() == GpuState.ASLEEP || gpu.state() == GpuState.LOST || tellsNothing(gpu)) {
            return;
        }
        sheet.to(Sheet.INDENT)
                .bar(gpu.utilizationPercent(), Sheet.BAR)
                .right(Human.percent(gpu.utilizationPercent()), Sheet.PERCENT_END);
        sheet.right(Human.clock(gpu.clockGraphicsMhz()), 52);
        sheet.right(Human.celsius(gpu.temperatureCelsius(), sheet.style().unicode()), 62);
        sheet.right(Human.watts(gpu.powerWatts()) + " of " + Human.watts(gpu.powerLimitWatts()), Sheet.WIDTH)
                .end();
        Long used = usable(gpu, gpu.memoryUsedBytes(), gpu.gttUsedBytes());
        Long total = usable(gpu, gpu.memoryTotalBytes(), gpu.gttTotalBytes());
        Double percent = used == null || total == null || total == 0 ? null : Math.min(100, 100.0 * used / total);
        sheet.to(Sheet.INDENT).bar(percent, Sheet.BAR).right(Human.percent(percent), Sheet.PERCENT_END);
        sheet.text("   " + Human.bytes(used) + " of " + Human.bytes(total)).end();
        List<String> reasons = gpu.throttleReasons();
        if (reasons != null && !reasons.isEmpty()) {
            sheet.to(Sheet.INDENT)
                    .warning("held back: ")
                    .fit(String.join(", ", reasons), Sheet.WIDTH)
                    .end();
        }
    }

    /** To a GPU that uses the host's memory, what it maps of that is as good as what was set aside for it. */
    private static @Nullable Long usable(Gpu gpu, @Nullable Long own, @Nullable Long mapped) {
        boolean shared = Boolean.TRUE.equals(gpu.memorySharedWithHost()) && gpu.gttTotalBytes() != null;
        return shared && own != null && mapped != null && gpu.gttUsedBytes() != null ? Long.valueOf(own + mapped) : own;
    }

    private static boolean tellsNothing(Gpu gpu) {
        return gpu.utilizationPercent() == null
                && gpu.memoryTotalBytes() == null
                && gpu.temperatureCelsius() == null
                && gpu.powerWatts() == null;
    }

    private static String index(Gpu gpu) {
        return gpu.index() == null ? "" : gpu.index().toString();
    }
}
