package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** A logical CPU: one hardware thread. */
public record LogicalCpu(
        @Key("The kernel's number: cpu<id>.") Integer id,

        @Key("core_id of the kernel's topology; SMT siblings share it.") @Nullable
        Integer core,

        @Key("performance or efficiency on hybrid processors, standard elsewhere.") @Nullable
        CoreType type,

        @Key("Share of the window spent on anything but idle and iowait.") @Nullable
        Double utilizationPercent,

        @Key("cpufreq scaling_cur_freq, else /proc/cpuinfo.") @Nullable
        Integer clockMhz)
        implements Row {
    public LogicalCpu {
        utilizationPercent = Values.percent(utilizationPercent);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("id", id);
        out.number("core", core);
        out.label("type", type);
        out.number("utilization_percent", utilizationPercent);
        out.number("clock_mhz", clockMhz);
    }
}
