package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.Memory;
import io.smi.core.nvidia.NvmlLayout.Memory2;
import io.smi.core.nvidia.NvmlLayout.Utilization;
import io.smi.schema.GpuBuilder;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How busy a GPU is, and its memory. */
final class Load {
    private Load() {}

    static void read(Query query, long handle, GpuBuilder row) {
        ByteBuffer rates = query.scratch().struct(0);
        if (query.succeeds("utilization_percent", "nvmlDeviceGetUtilizationRates", handle, rates)) {
            row.utilizationPercent(percent(rates.getInt(Utilization.GPU)));
            row.memoryUtilizationPercent(percent(rates.getInt(Utilization.MEMORY)));
        }
        row.engines(engines(query, handle));
        memory(query, handle, row);
    }

    private static @Nullable Map<String, Double> engines(Query query, long handle) {
        Map<String, Double> engines = new LinkedHashMap<>();
        engine(query, handle, "encoder", "nvmlDeviceGetEncoderUtilization", engines);
        engine(query, handle, "decoder", "nvmlDeviceGetDecoderUtilization", engines);
        engine(query, handle, "jpeg", "nvmlDeviceGetJpgUtilization", engines);
        engine(query, handle, "ofa", "nvmlDeviceGetOfaUtilization", engines);
        return engines.isEmpty() ? null : engines;
    }

    private static void engine(Query query, long handle, String name, String function, Map<String, Double> engines) {
        ByteBuffer busy = query.scratch().first();
        if (query.succeeds(
                "engines." + name, function, handle, busy, query.scratch().second())) {
            Double percent = percent(busy.getInt(0));
            if (percent != null) {
                engines.put(name, percent);
            }
        }
    }

    /** Null for what is no percentage. */
    static @Nullable Double percent(int number) {
        return number < 0 || number > 100 ? null : Double.valueOf(number);
    }

    /**
     * Version 2 tells what is reserved apart from what is used; version 1 counts it as used. A GPU without memory of its own
     * (GB10) supports neither. How much of the host's it may use nobody says, so the totals stay unknown.
     */
    private static void memory(Query query, long handle, GpuBuilder row) {
        ByteBuffer memory = query.scratch().struct(Memory2.VERSION);
        if (query.tries("memory_total_bytes", "nvmlDeviceGetMemoryInfo_v2", handle, memory)) {
            row.memoryReservedBytes(Query.large(memory, Memory2.RESERVED));
            memory(row, memory, Memory2.TOTAL, Memory2.USED, Memory2.FREE);
            return;
        }
        memory = query.scratch().struct(0);
        if (query.succeeds("memory_total_bytes", "nvmlDeviceGetMemoryInfo", handle, memory)) {
            memory(row, memory, Memory.TOTAL, Memory.USED, Memory.FREE);
        } else if (query.lastCode() == NvmlReturn.NOT_SUPPORTED) {
            row.memorySharedWithHost(true);
        }
    }

    private static void memory(GpuBuilder row, ByteBuffer memory, int total, int used, int free) {
        Long bytes = Query.large(memory, total);
        if (bytes != null && bytes > 0) {
            row.memoryTotalBytes(bytes);
            row.memoryUsedBytes(Query.large(memory, used));
            row.memoryFreeBytes(Query.large(memory, free));
            row.memorySharedWithHost(false);
        }
    }
}
