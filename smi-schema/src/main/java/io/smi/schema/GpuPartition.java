package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** A part of an accelerator that is used like a device of its own. */
@Built
public record GpuPartition(
        @Key("Identity of the instance.") @Nullable String uuid,
        @Key("Its size, such as 3g.40gb.") @Nullable String profile,
        @Key("Number of the GPU instance.") @Nullable Integer gpuInstance,

        @Key("Number of the compute instance in it.") @Nullable
        Integer computeInstance,

        @Key("Memory of the instance.") @Nullable Long memoryTotalBytes,
        @Key("Memory of the instance in use.") @Nullable Long memoryUsedBytes,

        @Key("Share of the window in which the instance was busy.") @Nullable
        Double utilizationPercent)
        implements Row {
    public GpuPartition {
        utilizationPercent = Values.percent(utilizationPercent);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.text("uuid", uuid);
        out.text("profile", profile);
        out.number("gpu_instance", gpuInstance);
        out.number("compute_instance", computeInstance);
        out.number("memory_total_bytes", memoryTotalBytes);
        out.number("memory_used_bytes", memoryUsedBytes);
        out.number("utilization_percent", utilizationPercent);
    }
}
