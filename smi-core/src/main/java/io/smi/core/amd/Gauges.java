package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.PcieBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a card tells while it is awake: facts, looked up when it first is, and the files that are read each time. */
final class Gauges implements Closeable {
    private static final long MOST_BYTES = 1L << 50;

    private final Problems told = new Problems();
    private final Attributes files;
    private final @Nullable Sensors sensors;
    private final Gpu facts;
    private final Attribute busy;
    private final Attribute memoryBusy;
    private final Attribute memoryTotal;
    private final Attribute memoryUsed;
    private final Attribute gttTotal;
    private final Attribute gttUsed;
    private final Attribute replays;
    private final @Nullable KernelFile memoryErrors;
    private final @Nullable KernelFile table;

    Gauges(Roots roots, String device) {
        this.files = new Attributes(roots.sys(), device);
        this.sensors = Sensors.open(roots.sys(), device, told);
        this.facts = facts(roots, device);
        this.busy = files.number("gpu_busy_percent", 0, 100);
        this.memoryBusy = files.number("mem_busy_percent", 0, 100);
        this.memoryTotal = files.number("mem_info_vram_total", 1, MOST_BYTES);
        this.memoryUsed = files.number("mem_info_vram_used", 0, MOST_BYTES);
        this.gttTotal = files.number("mem_info_gtt_total", 1, MOST_BYTES);
        this.gttUsed = files.number("mem_info_gtt_used", 0, MOST_BYTES);
        // Of cards whose driver does not count them it is 0 ("dummy implement" in nv.c).
        this.replays = files.number("pcie_replay_count", 1, Long.MAX_VALUE);
        this.memoryErrors = files.file("ras/umc_err_count");
        this.table = files.file("gpu_metrics");
    }

    private Gpu facts(Roots roots, String device) {
        Map<String, String> detail = new TreeMap<>();
        for (String name : new String[] {"current_compute_partition", "current_memory_partition"}) {
            String partition = files.text(name, told);
            if (partition != null) {
                detail.put(name.substring("current_".length()), partition);
            }
        }
        String name = files.text("product_name", told);
        return GpuBuilder.builder()
                .name(name == null ? MarketingName.of(roots, device, told) : name)
                .serial(files.text("serial_number", told))
                .vbiosVersion(files.text("vbios_version", told))
                .clockGraphicsMaxMhz(Levels.highest(files.file("pp_dpm_sclk"), told))
                .clockMemoryMaxMhz(Levels.highest(files.file("pp_dpm_mclk"), told))
                .detail(detail.isEmpty() ? null : detail)
                .build();
    }

    GpuMetrics metrics(Problems problems) {
        return GpuMetrics.read(table, problems);
    }

    /** All of it, without what identifies the card. */
    GpuBuilder read(GpuMetrics metrics, Problems problems) {
        problems.addAll(told);
        GpuBuilder row = GpuBuilder.builder(facts);
        row.utilizationPercent(busy.read(1, problems));
        row.memoryUtilizationPercent(memoryBusy.read(1, problems));
        memory(row, memoryTotal.read(problems), memoryUsed.read(problems));
        row.gttTotalBytes(gttTotal.read(problems));
        row.gttUsedBytes(gttUsed.read(problems));
        Long replayed = replays.read(problems);
        row.pcie(
                replayed == null
                        ? null
                        : PcieBuilder.builder().replayTotal(replayed).build());
        row.ecc(MemoryErrors.read(memoryErrors, problems));
        row.energyJoulesTotal(metrics.energyJoules());
        row.throttleReasons(metrics.throttleReasons());
        row.clockMemoryMhz(metrics.memoryClockMhz());
        row.links(metrics.links().isEmpty() ? null : metrics.links());
        if (sensors != null) {
            sensors.read(row, problems);
        }
        return row;
    }

    private static void memory(GpuBuilder row, @Nullable Long total, @Nullable Long used) {
        row.memoryTotalBytes(total);
        if (total != null && used != null && used <= total) {
            row.memoryUsedBytes(used);
            row.memoryFreeBytes(total - used);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
        if (sensors != null) {
            sensors.close();
        }
    }
}
