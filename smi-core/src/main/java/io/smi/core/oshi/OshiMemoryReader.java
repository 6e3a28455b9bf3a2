package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import java.util.List;
import oshi.hardware.GlobalMemory;
import oshi.hardware.VirtualMemory;

/** OSHI's {@code GlobalMemory} and {@code VirtualMemory}. */
public final class OshiMemoryReader implements Reader<Memory> {
    private final GlobalMemory memory;

    OshiMemoryReader(GlobalMemory memory) {
        this.memory = memory;
    }

    @Override
    public Memory read(Problems problems) {
        VirtualMemory virtual = memory.getVirtualMemory();
        Long total = Known.positive(memory.getTotal());
        Long available = Known.positive(memory.getAvailable());
        Long used = total == null || available == null ? null : Long.valueOf(total - available);
        Long swap = Known.count(virtual.getSwapTotal());
        Long swapUsed = Known.count(virtual.getSwapUsed());
        return MemoryBuilder.builder()
                .totalBytes(total)
                .usedBytes(used)
                .availableBytes(available)
                .utilizationPercent(Span.percent(used, total))
                .swapTotalBytes(swap)
                .swapUsedBytes(swapUsed)
                .swapFreeBytes(swap == null || swapUsed == null ? null : Long.valueOf(swap - swapUsed))
                .build();
    }

    /** The rows of its section. */
    public static List<Memory> rows(Readings readings) {
        Memory memory = readings.get(OshiMemoryReader.class);
        return memory == null ? List.of() : List.of(memory);
    }
}
