package io.smi.server.metrics;

import io.smi.schema.Memory;
import io.smi.schema.SnapshotFrame;
import java.util.List;

/** {@code memory} as metrics: one row, and so no labels. */
final class MemoryMetrics {
    private static final Table<SnapshotFrame, Memory> MEMORY = Table.of(SnapshotFrame::memory)
            .family("smi_memory_total_bytes", "Memory that the system can use.", Memory::totalBytes)
            .family("smi_memory_used_bytes", "Memory that is not available.", Memory::usedBytes)
            .family(
                    "smi_memory_available_bytes",
                    "Memory that a new program could get without swapping.",
                    Memory::availableBytes)
            .family("smi_memory_free_bytes", "Memory used for nothing at all.", Memory::freeBytes)
            .family("smi_memory_buffers_bytes", "Block device buffers.", Memory::buffersBytes)
            .family("smi_memory_cached_bytes", "Page cache, shared memory included.", Memory::cachedBytes)
            .family("smi_memory_shared_bytes", "Shared memory and tmpfs.", Memory::sharedBytes)
            .family("smi_memory_dirty_bytes", "Memory waiting to be written to disk.", Memory::dirtyBytes)
            .family(
                    "smi_memory_utilization_ratio",
                    "Used memory as a share of the total.",
                    row -> Value.ratio(row.utilizationPercent()))
            .family("smi_memory_swap_total_bytes", "Swap; 0 where there is none.", Memory::swapTotalBytes)
            .family("smi_memory_swap_used_bytes", "Swap in use.", Memory::swapUsedBytes)
            .family("smi_memory_swap_free_bytes", "Swap not in use.", Memory::swapFreeBytes)
            .family("smi_memory_limit_bytes", "The tightest memory limit of smi's own cgroups.", Memory::limitBytes)
            .family(
                    "smi_memory_limit_used_bytes",
                    "Memory charged to the cgroup of that limit.",
                    Memory::limitUsedBytes)
            .build();

    private static final Table<SnapshotFrame, Part<Memory, Reading>> ECC =
            Table.<SnapshotFrame, Part<Memory, Reading>>of(
                            frame -> Part.of(frame.memory(), row -> EccReadings.of(row.ecc())))
                    .label("severity", row -> row.part().name())
                    .family(
                            "smi_memory_ecc_errors_total",
                            "Errors that the memory controllers counted since boot.",
                            row -> row.part().value())
                    .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(MEMORY, ECC);

    private MemoryMetrics() {}
}
