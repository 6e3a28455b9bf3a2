package io.smi.server.metrics;

import io.smi.schema.Chassis;
import io.smi.schema.Fan;
import io.smi.schema.LoadAverage;
import io.smi.schema.PowerSupply;
import io.smi.schema.Pressure;
import io.smi.schema.PressureStall;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code chassis} as metrics. */
final class ChassisMetrics {
    /** What the kernel says of batteries, and smi of all other supplies. */
    private static final List<String> SUPPLY_STATES =
            List.of("Unknown", "Charging", "Discharging", "Not charging", "Full", "online", "offline");

    private static final Table<SnapshotFrame, Chassis> FACTS = Table.of(SnapshotFrame::chassis)
            .label("product", Chassis::product)
            .label("vendor", Chassis::vendor)
            .label("serial", Chassis::serial)
            .label("bios_version", Chassis::biosVersion)
            .label("os", Chassis::os)
            .label("kernel", Chassis::kernel)
            .label("virtualization", Chassis::virtualization)
            .label("container", Chassis::container)
            .info("smi_chassis_info", "What the machine is, and what runs on it.")
            .build();

    private static final Table<SnapshotFrame, Chassis> MACHINE = Table.of(SnapshotFrame::chassis)
            .family("smi_chassis_uptime_seconds", "Time since boot, time asleep included.", Chassis::uptimeSeconds)
            .family("smi_chassis_load1", "Tasks that run or wait, over 1 minute.", load(LoadAverage::m1))
            .family("smi_chassis_load5", "Tasks that run or wait, over 5 minutes.", load(LoadAverage::m5))
            .family("smi_chassis_load15", "Tasks that run or wait, over 15 minutes.", load(LoadAverage::m15))
            .build();

    private static final Table<SnapshotFrame, Chassis> POWER = Table.of(SnapshotFrame::chassis)
            .label("source", Chassis::powerSource)
            .family(
                    "smi_chassis_power_watts",
                    "Power draw of what the source measures: bmc, module, battery or rapl.",
                    Chassis::powerWatts)
            .family(
                    "smi_chassis_energy_joules_total",
                    "Energy that the source of the power draw counts.",
                    Chassis::energyJoulesTotal)
            .build();

    private static final Table<SnapshotFrame, Stall> PRESSURE = Table.of(ChassisMetrics::stalls)
            .label("resource", Stall::resource)
            .family(
                    "smi_chassis_pressure_some_ratio",
                    "Share of the last 10 s in which at least one task waited.",
                    row -> Value.ratio(row.stall().someAvg10Percent()))
            .family(
                    "smi_chassis_pressure_full_ratio",
                    "Share of the last 10 s in which all tasks waited.",
                    row -> Value.ratio(row.stall().fullAvg10Percent()))
            .family(
                    "smi_chassis_pressure_some_seconds_total",
                    "Time in which at least one task waited.",
                    row -> row.stall().someSecondsTotal())
            .family(
                    "smi_chassis_pressure_full_seconds_total",
                    "Time in which all tasks waited.",
                    row -> row.stall().fullSecondsTotal())
            .build();

    private static final Table<SnapshotFrame, Sensor<Temperature>> TEMPERATURES = Table.of(
                    sensors(Chassis::temperatures, Temperature::sensor, Temperature::label))
            .label("sensor", row -> row.reading().sensor())
            .label("label", row -> row.reading().label())
            .label("index", Sensor::index)
            .family(
                    "smi_chassis_temperature_celsius",
                    "What a temperature sensor reads.",
                    row -> row.reading().celsius())
            .family(
                    "smi_chassis_temperature_high_celsius",
                    "Where the sensor's own limit says too warm.",
                    row -> row.reading().highCelsius())
            .family(
                    "smi_chassis_temperature_critical_celsius",
                    "Temperature at which damage starts.",
                    row -> row.reading().criticalCelsius())
            .build();

    private static final Table<SnapshotFrame, Sensor<Fan>> FANS = Table.of(
                    sensors(Chassis::fans, Fan::sensor, Fan::label))
            .label("sensor", row -> row.reading().sensor())
            .label("label", row -> row.reading().label())
            .label("index", Sensor::index)
            .family(
                    "smi_chassis_fan_rpm",
                    "Speed of a fan; 0 stands still.",
                    row -> row.reading().rpm())
            .build();

    private static final Table<SnapshotFrame, Part<Chassis, PowerSupply>> SUPPLIES =
            Table.<SnapshotFrame, Part<Chassis, PowerSupply>>of(
                            frame -> Part.of(frame.chassis(), Chassis::powerSupplies))
                    .label("supply", row -> row.part().name())
                    .family(
                            "smi_chassis_power_supply_watts",
                            "Power through the supply right now.",
                            row -> row.part().watts())
                    .build();

    private static final Table<SnapshotFrame, Part<PowerSupply, String>> SUPPLY_STATE = Table.of(
                    ChassisMetrics::supplyStates)
            .label("supply", row -> row.whole().name())
            .label("status", Part::part)
            .family(
                    "smi_chassis_power_supply_status",
                    "1 for the status that a battery or supply is in.",
                    row -> Value.isState(row.whole().status(), row.part()))
            .build();

    static final List<Table<SnapshotFrame, ?>> TABLES =
            List.of(FACTS, MACHINE, POWER, PRESSURE, TEMPERATURES, FANS, SUPPLIES, SUPPLY_STATE);

    private ChassisMetrics() {}

    private static Value<Chassis> load(Value<LoadAverage> value) {
        return row -> row.loadAverage() == null ? null : value.of(row.loadAverage());
    }

    /** What tasks waited for, and how long. */
    private record Stall(String resource, PressureStall stall) {}

    private static List<Stall> stalls(SnapshotFrame frame) {
        List<Stall> stalls = new ArrayList<>();
        for (Part<Chassis, Pressure> row : Part.of(frame.chassis(), ChassisMetrics::pressure)) {
            add(stalls, "cpu", row.part().cpu());
            add(stalls, "memory", row.part().memory());
            add(stalls, "io", row.part().io());
        }
        return stalls;
    }

    private static Collection<Pressure> pressure(Chassis chassis) {
        return chassis.pressure() == null ? List.of() : List.of(chassis.pressure());
    }

    private static void add(List<Stall> stalls, String resource, @Nullable PressureStall stall) {
        if (stall != null) {
            stalls.add(new Stall(resource, stall));
        }
    }

    /** One of several sensors that may have the same names, as two drives have; {@code index} counts those from 0. */
    private record Sensor<T>(T reading, int index) {}

    private static <T> Function<SnapshotFrame, List<Sensor<T>>> sensors(
            Function<Chassis, @Nullable Collection<T>> readings,
            Function<T, String> sensor,
            Function<T, @Nullable String> label) {
        return frame -> {
            Map<List<@Nullable String>, Integer> seen = new HashMap<>();
            List<Sensor<T>> sensors = new ArrayList<>();
            for (Part<Chassis, T> row : Part.of(frame.chassis(), readings)) {
                List<@Nullable String> names = new ArrayList<>();
                names.add(sensor.apply(row.part()));
                names.add(label.apply(row.part()));
                sensors.add(new Sensor<>(row.part(), seen.merge(names, 1, Integer::sum) - 1));
            }
            return sensors;
        };
    }

    private static List<Part<PowerSupply, String>> supplyStates(SnapshotFrame frame) {
        List<PowerSupply> supplies = Part.of(frame.chassis(), Chassis::powerSupplies).stream()
                .map(Part::part)
                .toList();
        return Part.of(supplies, supply -> SUPPLY_STATES);
    }
}
