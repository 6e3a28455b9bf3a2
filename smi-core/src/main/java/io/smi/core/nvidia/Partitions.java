package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.Memory;
import io.smi.schema.GpuPartition;
import io.smi.schema.GpuPartitionBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instances (MIG) that a GPU is split into, but for how busy they are: see {@link InstanceLoad}. */
final class Partitions {
    static final int MOST = 64;

    private final Map<String, GpuPartition> known = new HashMap<>();

    List<GpuPartition> read(Query query, long handle, int most) {
        List<GpuPartition> partitions = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            ByteBuffer out = query.scratch().first();
            if (query.tries("partitions", "nvmlDeviceGetMigDeviceHandleByIndex", handle, i, out)) {
                partitions.add(read(query, out.getLong(0)));
            }
        }
        return partitions;
    }

    private GpuPartition read(Query query, long instance) {
        String uuid = query.text("partitions.uuid", "nvmlDeviceGetUUID", instance);
        GpuPartition facts = uuid == null ? null : known.get(uuid);
        if (facts == null) {
            facts = facts(query, instance, uuid);
            if (uuid != null && !query.isLost()) {
                known.put(uuid, facts);
            }
        }
        GpuPartitionBuilder row = GpuPartitionBuilder.builder(facts);
        ByteBuffer memory = query.scratch().struct(0);
        if (query.succeeds("partitions.memory_total_bytes", "nvmlDeviceGetMemoryInfo", instance, memory)) {
            row.memoryTotalBytes(Query.large(memory, Memory.TOTAL)).memoryUsedBytes(Query.large(memory, Memory.USED));
        }
        return row.build();
    }

    private static GpuPartition facts(Query query, long instance, @Nullable String uuid) {
        String name = query.text("partitions.profile", "nvmlDeviceGetName", instance);
        return GpuPartitionBuilder.builder()
                .uuid(uuid)
                .profile(name == null ? null : profile(name))
                .gpuInstance(query.number("partitions.gpu_instance", "nvmlDeviceGetGpuInstanceId", instance))
                .computeInstance(
                        query.number("partitions.compute_instance", "nvmlDeviceGetComputeInstanceId", instance))
                .build();
    }

    /** From {@code NVIDIA H100 80GB HBM3 MIG 3g.40gb}; null when the name is another. */
    static @Nullable String profile(String name) {
        int at = name.lastIndexOf("MIG ");
        return at < 0 ? null : name.substring(at + "MIG ".length());
    }
}
