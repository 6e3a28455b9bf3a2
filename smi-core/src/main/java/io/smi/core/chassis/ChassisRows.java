package io.smi.core.chassis;

import io.smi.core.Readings;
import io.smi.core.chassis.DmiReader.Dmi;
import io.smi.core.chassis.KernelReader.Kernel;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.HwmonReader;
import io.smi.core.rapl.RaplReader;
import io.smi.schema.Chassis;
import io.smi.schema.ChassisBuilder;
import io.smi.schema.Fan;
import io.smi.schema.PowerSupply;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code chassis} section. */
public final class ChassisRows {
    private static final Dmi NO_DMI = new Dmi(null, null, null, null);
    private static final Kernel NO_KERNEL = new Kernel(null, null, null);

    private static final Chassis NOTHING = ChassisBuilder.builder()
            .temperatures(List.of())
            .fans(List.of())
            .powerSupplies(List.of())
            .build();

    private ChassisRows() {}

    /** One row, or none when there is nothing to say. */
    public static List<Chassis> of(Readings readings) {
        List<Chip> chips = orElse(readings.get(HwmonReader.class), List.of());
        List<Supply> supplies = orElse(readings.get(PowerSupplyReader.class), List.of());
        NodePower power = NodePower.of(chips, supplies, readings.span(RaplReader.class));
        Chassis row = facts(readings)
                .uptimeSeconds(readings.get(UptimeReader.class))
                .loadAverage(readings.get(LoadReader.class))
                .pressure(readings.get(PressureReader.class))
                .powerWatts(power == null ? null : power.watts())
                .powerSource(power == null ? null : power.source())
                .energyJoulesTotal(power == null ? null : power.joulesTotal())
                .temperatures(temperatures(chips))
                .fans(fans(chips))
                .powerSupplies(rows(supplies))
                .build();
        return row.equals(NOTHING) ? List.of() : List.of(row);
    }

    private static ChassisBuilder facts(Readings readings) {
        Dmi dmi = orElse(readings.get(DmiReader.class), NO_DMI);
        Kernel kernel = orElse(readings.get(KernelReader.class), NO_KERNEL);
        return ChassisBuilder.builder()
                .product(dmi.product())
                .vendor(dmi.vendor())
                .serial(dmi.serial())
                .biosVersion(dmi.biosVersion())
                .os(kernel.os())
                .kernel(kernel.release())
                .bootId(kernel.bootId())
                .virtualization(readings.get(VirtualizationReader.class))
                .container(readings.get(ContainerReader.class));
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

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }
}
