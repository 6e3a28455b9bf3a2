package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** What one process uses of one accelerator. */
public record ProcessGpu(
        @Key("The accelerator's uuid, or its pci_bus_id.") @Nullable
        String uuid,

        @Key("Device memory that the process holds.") @Nullable
        Long memoryUsedBytes,

        @Key("Host memory that the process has mapped for the device (GTT).") @Nullable
        Long gttUsedBytes,

        @Key("Share of the window in which it kept the device busy.") @Nullable
        Double utilizationPercent,

        @Key("compute, graphics, or both joined by +.") @Nullable
        String kind)
        implements Row {
    public ProcessGpu {
        utilizationPercent = Values.percent(utilizationPercent);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.text("uuid", uuid);
        out.number("memory_used_bytes", memoryUsedBytes);
        out.number("gtt_used_bytes", gttUsedBytes);
        out.number("utilization_percent", utilizationPercent);
        out.text("kind", kind);
    }
}
