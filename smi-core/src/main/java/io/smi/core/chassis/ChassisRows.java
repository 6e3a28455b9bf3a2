package io.smi.core.chassis;

import io.smi.core.Readings;
import io.smi.core.chassis.DmiReader.Dmi;
import io.smi.core.chassis.KernelReader.Kernel;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.HwmonReader;
import io.smi.core.rapl.RaplReader;
import io.smi.core.tegra.ModulePowerReader;
import io.smi.schema.Chassis;
import io.smi.schema.ChassisBuilder;
import io.smi.schema.Fan;
import io.smi.schema.LoadAverage;
import io.smi.schema.PowerSupply;
import io.smi.schema.Pressure;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code chassis} section. */
public final class ChassisRows {
    private ChassisRows() {}

    /** One row, or none when there is nothing to say. */
    public static List<Chassis> of(Readings readings) {
        Dmi dmi = readings.get(DmiReader.class);
        Kernel kernel = readings.get(KernelReader.class);
        String virtualization = readings.get(VirtualizationReader.class);
        String container = readings.get(ContainerReader.class);
        Double uptime = readings.get(UptimeReader.class);
        LoadAverage load = readings.get(LoadReader.class);
        Pressure pressure = readings.get(PressureReader.class);
        List<Chip> chips = orEmpty(readings.get(HwmonReader.class));
        List<Supply> supplies = orEmpty(readings.get(PowerSupplyReader.class));
        boolean sensors = !chips.isEmpty() || !supplies.isEmpty();
        if (!sensors && !isAny(dmi, kernel, virtualization, container, uptime, load, pressure)) {
            return List.of();
        }
        ChassisBuilder row = ChassisBuilder.builder()
                .virtualization(virtualization)
                .container(container)
                .uptimeSeconds(uptime)
                .loadAverage(load)
                .pressure(pressure);
        if (dmi != null) {
            row.product(dmi.product()).vendor(dmi.vendor()).serial(dmi.serial()).biosVersion(dmi.biosVersion());
        }
        if (kernel != null) {
            row.os(kernel.os()).kernel(kernel.release()).bootId(kernel.bootId());
        }
        row.temperatures(temperatures(chips)).fans(fans(chips)).powerSupplies(rows(supplies));
        Double module = readings.get(ModulePowerReader.class);
        NodePower power = NodePower.of(chips, module, supplies, readings.span(RaplReader.class));
        if (power != null) {
            row.powerWatts(power.watts()).powerSource(power.source()).energyJoulesTotal(power.joulesTotal());
        }
        return List.of(row.build());
    }

    private static boolean isAny(@Nullable Object... facts) {
        for (Object fact : facts) {
            if (fact != null) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static List<Temperature> temperatures(List<Chip> chips) {
        List<Temperature> all = new ArrayList<>();
        for (Chip chip : chips) {
            all.addAll(chip.temperatures());
        }
        return all;
    }

    private static List<Fan> fans(List<Chip> chips) {
        List<Fan> all = new ArrayList<>();
        for (Chip chip : chips) {
            all.addAll(chip.fans());
        }
        return all;
    }

    private static List<PowerSupply> rows(List<Supply> supplies) {
        List<PowerSupply> rows = new ArrayList<>(supplies.size());
        for (Supply supply : supplies) {
            rows.add(supply.row());
        }
        return rows;
    }
}
