package io.smi.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One processor package (socket): one row of {@code cpus}. */
@Built
public record Cpu(
        @Key(value = "physical_package_id of the kernel's topology.", name = "package") @Nullable
        Integer packageId,

        @Key("Model name: /proc/cpuinfo on x86, the part number's name on ARM, the device tree's "
                + "compatible string elsewhere.")
        @Nullable
        String model,

        @Key("Intel, AMD, ARM, Ampere ...") @Nullable String vendor,

        @Key("x86_64, aarch64 ... as uname -m prints it.") @Nullable
        String architecture,

        @Key(value = "Physical cores with at least one CPU online.", unit = "cores") @Nullable
        Integer cores,

        @Key(value = "Logical CPUs online.", unit = "threads") @Nullable
        Integer threads,

        @Key("Mean of the online logical CPUs' clocks: cpufreq scaling_cur_freq, else /proc/cpuinfo.") @Nullable
        Integer clockMhz,

        @Key("Highest clock of any logical CPU: cpufreq cpuinfo_max_freq.") @Nullable
        Integer clockMaxMhz,

        @Key("Size of the last-level caches together, each counted once.") @Nullable
        Long cacheBytes,

        @Key("Share of the window that the online logical CPUs spent on anything but idle and iowait.") @Nullable
        Double utilizationPercent,

        @Key("Where the time of the window went; null in a first sample.") @Nullable
        CpuModes modesPercent,

        @Key("The package's own sensor: coretemp 'Package id', k10temp Tctl or Tdie, zenpower, "
                + "cpu_thermal ...; null where no driver names one.")
        @Nullable
        Double temperatureCelsius,

        @Key("Mean over the window, from energy_joules_total.") @Nullable
        Double powerWatts,

        @Key("RAPL package domain; grows across the wraps of the hardware's counter while this "
                + "process runs. Needs read permission on energy_uj, by default root.")
        @Nullable
        Double energyJoulesTotal,

        @Key(
                value = "package_throttle_count of the kernel: times that the package was slowed down because"
                        + " of heat since boot.",
                unit = "events")
        @Nullable
        Long throttleTotal,

        @Key("The logical CPUs of this package that are online, by id.")
        List<LogicalCpu> logical)
        implements Row {
    public Cpu {
        utilizationPercent = Values.percent(utilizationPercent);
        temperatureCelsius = Values.number(temperatureCelsius);
        powerWatts = Values.number(powerWatts);
        energyJoulesTotal = Values.number(energyJoulesTotal);
        logical = List.copyOf(logical);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("package", packageId);
        out.text("model", model);
        out.text("vendor", vendor);
        out.text("architecture", architecture);
        out.number("cores", cores);
        out.number("threads", threads);
        out.number("clock_mhz", clockMhz);
        out.number("clock_max_mhz", clockMaxMhz);
        out.number("cache_bytes", cacheBytes);
        out.number("utilization_percent", utilizationPercent);
        out.object("modes_percent", modesPercent);
        out.number("temperature_celsius", temperatureCelsius);
        out.number("power_watts", powerWatts);
        out.number("energy_joules_total", energyJoulesTotal);
        out.number("throttle_total", throttleTotal);
        out.rows("logical", logical);
    }
}
