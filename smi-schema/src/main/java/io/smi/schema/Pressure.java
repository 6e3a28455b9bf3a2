package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Pressure stall information: {@code /proc/pressure}. */
public record Pressure(
        @Key("Waiting for a CPU.") @Nullable PressureStall cpu,
        @Key("Waiting for memory.") @Nullable PressureStall memory,
        @Key("Waiting for disks.") @Nullable PressureStall io)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.object("cpu", cpu);
        out.object("memory", memory);
        out.object("io", io);
    }
}
