package io.smi.server.metrics;

import io.smi.schema.Cpu;
import io.smi.schema.CpuModes;
import io.smi.schema.LogicalCpu;
import io.smi.schema.SnapshotFrame;
import java.util.List;

/** {@code cpus} as metrics. */
final class CpuMetrics {
    private static final Table<SnapshotFrame, Cpu> FACTS = packages()
            .label("model", Cpu::model)
            .label("vendor", Cpu::vendor)
            .label("architecture", Cpu::architecture)
            .info("smi_cpu_info", "What the processor package is.")
            .build();

    private static final Table<SnapshotFrame, Cpu> PACKAGES = packages()
            .family("smi_cpu_cores", "Physical cores with at least one CPU online.", Cpu::cores)
            .family("smi_cpu_threads", "Logical CPUs online.", Cpu::threads)
            .family("smi_cpu_cache_bytes", "Size of the package's last-level caches together.", Cpu::cacheBytes)
            .family("smi_cpu_clock_hertz", "Mean clock of the logical CPUs.", cpu -> Value.hertz(cpu.clockMhz()))
            .family(
                    "smi_cpu_clock_max_hertz",
                    "Highest clock of any logical CPU.",
                    cpu -> Value.hertz(cpu.clockMaxMhz()))
            .family(
                    "smi_cpu_utilization_ratio",
                    "Share of the window spent on anything but idle and iowait.",
                    cpu -> Value.ratio(cpu.utilizationPercent()))
            .family("smi_cpu_temperature_celsius", "Temperature, by the package's own sensor.", Cpu::temperatureCelsius)
            .family("smi_cpu_power_watts", "Power of the package: mean over the window, from RAPL.", Cpu::powerWatts)
            .family("smi_cpu_energy_joules_total", "Energy of the package, from RAPL.", Cpu::energyJoulesTotal)
            .family("smi_cpu_throttle_total", "Times that heat slowed the package down.", Cpu::throttleTotal)
            .build();

    private static final Table<SnapshotFrame, Part<Cpu, Reading>> MODES = Table.<SnapshotFrame, Part<Cpu, Reading>>of(
                    frame -> Part.of(frame.cpus(), CpuMetrics::modes))
            .label("package", row -> row.whole().packageId())
            .label("mode", row -> row.part().name())
            .family(
                    "smi_cpu_mode_ratio",
                    "Where the time of the window went; together 1.",
                    row -> row.part().value())
            .build();

    private static final Table<SnapshotFrame, Part<Cpu, LogicalCpu>> LOGICAL_FACTS = logical()
            .label("core", row -> row.part().core())
            .label(
                    "core_kind",
                    row -> row.part().type() == null ? null : row.part().type().label())
            .info("smi_cpu_logical_info", "Which core a logical CPU belongs to.")
            .build();

    private static final Table<SnapshotFrame, Part<Cpu, LogicalCpu>> LOGICAL = logical()
            .family(
                    "smi_cpu_logical_utilization_ratio",
                    "Share of the window spent on anything but idle and iowait.",
                    row -> Value.ratio(row.part().utilizationPercent()))
            .family(
                    "smi_cpu_logical_clock_hertz",
                    "Clock of the logical CPU.",
                    row -> Value.hertz(row.part().clockMhz()))
            .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(FACTS, PACKAGES, MODES, LOGICAL_FACTS, LOGICAL);

    private CpuMetrics() {}

    private static Table.Builder<SnapshotFrame, Cpu> packages() {
        return Table.of(SnapshotFrame::cpus).label("package", Cpu::packageId);
    }

    private static Table.Builder<SnapshotFrame, Part<Cpu, LogicalCpu>> logical() {
        return Table.<SnapshotFrame, Part<Cpu, LogicalCpu>>of(frame -> Part.of(frame.cpus(), Cpu::logical))
                .label("package", row -> row.whole().packageId())
                .label("cpu", row -> row.part().id());
    }

    private static List<Reading> modes(Cpu cpu) {
        CpuModes modes = cpu.modesPercent();
        return modes == null
                ? List.of()
                : List.of(
                        new Reading("user", Value.ratio(modes.user())),
                        new Reading("nice", Value.ratio(modes.nice())),
                        new Reading("system", Value.ratio(modes.system())),
                        new Reading("idle", Value.ratio(modes.idle())),
                        new Reading("iowait", Value.ratio(modes.iowait())),
                        new Reading("irq", Value.ratio(modes.irq())),
                        new Reading("softirq", Value.ratio(modes.softirq())),
                        new Reading("steal", Value.ratio(modes.steal())),
                        new Reading("guest", Value.ratio(modes.guest())));
    }
}
