package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.GpmMetrics;
import io.smi.core.nvidia.NvmlLayout.GpmSupport;
import io.smi.schema.GpuPartition;
import io.smi.schema.GpuPartitionBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How busy GPU instances (MIG) are, by NVML's profiling interface (GPM, from Hopper on): two samples of an instance tell in
 * which share of the time between them it worked. Compute instances that share a GPU instance share its samples: then
 * nothing is known of each.
 *
 * <p>The samples lie in the library's memory, and are given back before the library is let go of.
 */
final class InstanceLoad {
    private static final String KEY = "partitions.utilization_percent";
    private static final String METRICS = "nvmlGpmMetricsGet";

    /** {@code NVML_GPM_METRIC_GRAPHICS_UTIL}: of an instance, what {@code nvmlUtilization_t.gpu} is of a GPU. */
    private static final int GRAPHICS_UTIL = 1;

    private final Map<Long, Map<Integer, Samples>> cards = new HashMap<>();
    private @Nullable ByteBuffer metrics;

    /** The sample that was taken last, and room for the next one. */
    private record Samples(long last, long next) {}

    /** Takes a sample of each instance of a card, and tells in its row what it did since the one before. */
    List<GpuPartition> read(Nvml nvml, Query query, long card, List<GpuPartition> partitions) {
        Map<Integer, Samples> before = cards.remove(card);
        if (partitions.isEmpty() || (before == null && !isSupported(query, card))) {
            free(nvml, before);
            return partitions;
        }
        Map<Integer, Samples> now = new HashMap<>();
        List<GpuPartition> rows = new ArrayList<>(partitions.size());
        for (GpuPartition row : partitions) {
            Integer instance = row.gpuInstance();
            if (instance == null || isShared(instance, partitions)) {
                rows.add(row);
            } else {
                Samples samples = before == null ? null : before.remove(instance);
                Samples taken = sample(nvml, query, card, instance, samples);
                Double busy = samples == null || taken == null ? null : percent(query, taken);
                if (taken != null) {
                    now.put(instance, taken);
                }
                rows.add(GpuPartitionBuilder.builder(row)
                        .utilizationPercent(busy)
                        .build());
            }
        }
        free(nvml, before);
        cards.put(card, now);
        return rows;
    }

    private static boolean isSupported(Query query, long card) {
        ByteBuffer support = query.scratch().struct(GpmSupport.VERSION);
        String function = "nvmlGpmQueryDeviceSupport";
        if (!query.succeeds(KEY, function, card, support)) {
            return false;
        }
        boolean supported = support.getInt(GpmSupport.SUPPORTED) == 1;
        if (!supported) {
            query.implausible(KEY, function);
        }
        return supported;
    }

    private static boolean isShared(int instance, List<GpuPartition> partitions) {
        int sharing = 0;
        for (GpuPartition other : partitions) {
            Integer number = other.gpuInstance();
            sharing += number != null && number == instance ? 1 : 0;
        }
        return sharing > 1;
    }

    /** Null when none could be taken; then the room for it is given back. */
    private static @Nullable Samples sample(Nvml nvml, Query query, long card, int instance, @Nullable Samples before) {
        Samples samples = before == null ? allocate(nvml, query) : before;
        if (samples == null) {
            return null;
        }
        if (!query.succeeds(KEY, "nvmlGpmMigSampleGet", card, instance, samples.next())) {
            free(nvml, samples);
            return null;
        }
        return new Samples(/* last= */ samples.next(), /* next= */ samples.last());
    }

    private static @Nullable Samples allocate(Nvml nvml, Query query) {
        ByteBuffer out = query.scratch().first();
        if (!query.succeeds(KEY, "nvmlGpmSampleAlloc", out)) {
            return null;
        }
        long first = out.getLong(0);
        if (!query.succeeds(KEY, "nvmlGpmSampleAlloc", out)) {
            free(nvml, first);
            return null;
        }
        return new Samples(first, out.getLong(0));
    }

    private @Nullable Double percent(Query query, Samples samples) {
        ByteBuffer out = metrics == null ? Scratch.buffer(GpmMetrics.SIZE) : metrics;
        metrics = out;
        out.putInt(0, GpmMetrics.VERSION).putInt(GpmMetrics.COUNT, 1);
        out.putLong(GpmMetrics.FIRST, samples.next()).putLong(GpmMetrics.LAST, samples.last());
        out.putInt(GpmMetrics.ID, GRAPHICS_UTIL).putInt(GpmMetrics.RETURN, NvmlReturn.NOT_SUPPORTED);
        String what = METRICS + " " + GRAPHICS_UTIL;
        if (!query.succeeds(KEY, METRICS, out) || !query.take(KEY, what, out.getInt(GpmMetrics.RETURN))) {
            return null;
        }
        double percent = out.getDouble(GpmMetrics.VALUE);
        if (percent >= 0 && percent <= 100) {
            return percent;
        }
        query.implausible(KEY, what);
        return null;
    }

    /** Gives all samples back. */
    void stop(Nvml nvml) {
        for (Map<Integer, Samples> card : cards.values()) {
            free(nvml, card);
        }
        cards.clear();
    }

    private static void free(Nvml nvml, @Nullable Map<Integer, Samples> instances) {
        if (instances != null) {
            for (Samples samples : instances.values()) {
                free(nvml, samples);
            }
        }
    }

    private static void free(Nvml nvml, Samples samples) {
        free(nvml, samples.last());
        free(nvml, samples.next());
    }

    private static void free(Nvml nvml, long sample) {
        nvml.call("nvmlGpmSampleFree", sample);
    }
}
