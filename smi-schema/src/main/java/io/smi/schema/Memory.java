package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Main memory: one row, from {@code /proc/meminfo}, the cgroup's limits and EDAC. */
@Built
public record Memory(
        @Key("Usable memory: MemTotal.") @Nullable Long totalBytes,

        @Key("total_bytes - available_bytes: what could not be given to a new program without swapping.") @Nullable
        Long usedBytes,

        @Key("What a new program could get without swapping: MemAvailable.") @Nullable
        Long availableBytes,

        @Key("Used for nothing at all: MemFree.") @Nullable Long freeBytes,
        @Key("Block device buffers: Buffers.") @Nullable Long buffersBytes,

        @Key("Page cache, shared memory included: Cached.") @Nullable
        Long cachedBytes,

        @Key("Shared memory and tmpfs: Shmem.") @Nullable Long sharedBytes,

        @Key("Waiting to be written to disk: Dirty.") @Nullable
        Long dirtyBytes,

        @Key("used_bytes as a share of total_bytes.") @Nullable
        Double utilizationPercent,

        @Key("SwapTotal; 0 where there is no swap.") @Nullable
        Long swapTotalBytes,

        @Key("swap_total_bytes - swap_free_bytes.") @Nullable
        Long swapUsedBytes,

        @Key("SwapFree.") @Nullable Long swapFreeBytes,

        @Key("The tightest memory limit of the cgroups that this process is in (v2 memory.max, v1"
                + " memory.limit_in_bytes); null when not confined.")
        @Nullable
        Long limitBytes,

        @Key("Memory charged to the cgroup that sets limit_bytes (v2 memory.current, v1 memory.usage_in_bytes),"
                + " page cache included.")
        @Nullable
        Long limitUsedBytes,

        @Key("Errors that the memory controllers counted since boot (EDAC mc*/ce_count and ue_count); null without"
                + " an EDAC driver.")
        @Nullable
        EccCounts ecc)
        implements Row {
    public Memory {
        utilizationPercent = Values.percent(utilizationPercent);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("total_bytes", totalBytes);
        out.number("used_bytes", usedBytes);
        out.number("available_bytes", availableBytes);
        out.number("free_bytes", freeBytes);
        out.number("buffers_bytes", buffersBytes);
        out.number("cached_bytes", cachedBytes);
        out.number("shared_bytes", sharedBytes);
        out.number("dirty_bytes", dirtyBytes);
        out.number("utilization_percent", utilizationPercent);
        out.number("swap_total_bytes", swapTotalBytes);
        out.number("swap_used_bytes", swapUsedBytes);
        out.number("swap_free_bytes", swapFreeBytes);
        out.number("limit_bytes", limitBytes);
        out.number("limit_used_bytes", limitUsedBytes);
        out.object("ecc", ecc);
    }
}
