package io.smi.core.memory;

import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.memory.MeminfoReader.Meminfo;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code memory} section. */
public final class MemoryRows {
    private MemoryRows() {}

    /** One row, or none when there is nothing to say. */
    public static List<Memory> of(Readings readings) {
        Meminfo meminfo = readings.get(MeminfoReader.class);
        if (meminfo == null) {
            return List.of();
        }
        Long used = difference(meminfo.total(), meminfo.available());
        return List.of(MemoryBuilder.builder()
                .totalBytes(meminfo.total())
                .usedBytes(used)
                .availableBytes(meminfo.available())
                .freeBytes(meminfo.free())
                .buffersBytes(meminfo.buffers())
                .cachedBytes(meminfo.cached())
                .sharedBytes(meminfo.shared())
                .dirtyBytes(meminfo.dirty())
                .utilizationPercent(Span.percent(used, meminfo.total()))
                .swapTotalBytes(meminfo.swapTotal())
                .swapUsedBytes(difference(meminfo.swapTotal(), meminfo.swapFree()))
                .swapFreeBytes(meminfo.swapFree())
                .build());
    }

    private static @Nullable Long difference(@Nullable Long whole, @Nullable Long part) {
        return whole == null || part == null || part > whole ? null : whole - part;
    }
}
