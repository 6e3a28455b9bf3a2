package io.smi.core.memory;

import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.memory.CgroupMemoryReader.Confinement;
import io.smi.core.memory.MeminfoReader.Meminfo;
import io.smi.schema.EccCounts;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code memory} section. */
public final class MemoryRows {
    private static final Meminfo NO_MEMINFO = new Meminfo(null, null, null, null, null, null, null, null, null);

    private MemoryRows() {}

    /** One row, or none when there is nothing to say. */
    public static List<Memory> of(Readings readings) {
        Meminfo read = readings.get(MeminfoReader.class);
        EccCounts ecc = readings.get(EdacReader.class);
        Confinement limit = readings.get(CgroupMemoryReader.class);
        if (read == null && ecc == null && limit == null) {
            return List.of();
        }
        Meminfo meminfo = read == null ? NO_MEMINFO : read;
        Confinement confinement = confines(limit, meminfo.total()) ? limit : null;
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
                .limitBytes(confinement == null ? null : confinement.limit())
                .limitUsedBytes(confinement == null ? null : confinement.used())
                .ecc(ecc)
                .build());
    }

    /** A limit at or above all that there is does not confine. */
    private static boolean confines(@Nullable Confinement limit, @Nullable Long total) {
        return limit != null && (total == null || limit.limit() < total);
    }

    private static @Nullable Long difference(@Nullable Long whole, @Nullable Long part) {
        return whole == null || part == null || part > whole ? null : whole - part;
    }
}
