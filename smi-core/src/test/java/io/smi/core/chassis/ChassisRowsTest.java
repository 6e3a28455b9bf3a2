package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Readings;
import io.smi.core.chassis.DmiReader.Dmi;
import io.smi.core.chassis.KernelReader.Kernel;
import io.smi.core.chassis.PowerSupplyReader.Kind;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.Chip.PowerMeter;
import io.smi.core.hwmon.HwmonReader;
import io.smi.schema.Chassis;
import io.smi.schema.Fan;
import io.smi.schema.LoadAverage;
import io.smi.schema.PowerSupply;
import io.smi.schema.Pressure;
import io.smi.schema.Temperature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChassisRowsTest {
    @Test
    void joinsWhatTheReadersGave() {
        Temperature inlet = new Temperature("nct6775", "Inlet", 24.0, null, null);
        Temperature composite = new Temperature("nvme", "Composite", 38.85, 81.85, 84.85);
        Fan fan = new Fan("nct6775", "CPU", 1873);
        PowerSupply mains = new PowerSupply("AC", "online", null);
        LoadAverage load = new LoadAverage(1.0, 2.0, 3.0);
        Pressure pressure = new Pressure(null, null, null);
        Chassis row = row(Map.of(
                DmiReader.class,
                new Dmi("R750", "Dell Inc.", "7XK9ZZ3", "1.12.1"),
                KernelReader.class,
                new Kernel("Debian", "6.12.0", "boot"),
                VirtualizationReader.class,
                "none",
                ContainerReader.class,
                "docker",
                UptimeReader.class,
                1234.5,
                LoadReader.class,
                load,
                PressureReader.class,
                pressure,
                PowerSupplyReader.class,
                List.of(new Supply(mains, Kind.ADAPTER)),
                HwmonReader.class,
                List.of(
                        new Chip("nct6775", null, List.of(inlet), List.of(fan), List.of()),
                        new Chip("nvme", "nvme0", List.of(composite), List.of(), List.of()),
                        new Chip("power_meter", null, List.of(), List.of(), List.of(new PowerMeter(null, 311.0))))));
        assertThat(row)
                .isEqualTo(new Chassis(
                        "R750",
                        "Dell Inc.",
                        "7XK9ZZ3",
                        "1.12.1",
                        "Debian",
                        "6.12.0",
                        "none",
                        "docker",
                        "boot",
                        1234.5,
                        load,
                        pressure,
                        311.0,
                        "bmc",
                        null,
                        List.of(inlet, composite),
                        List.of(fan),
                        List.of(mains)));
    }

    @Test
    void oneReaderIsEnoughForARow() {
        Chassis row = row(Map.of(UptimeReader.class, 1234.5));
        assertThat(row.uptimeSeconds()).isEqualTo(1234.5);
        assertThat(row.powerSource()).isNull();
        assertThat(row.temperatures()).isEmpty();
    }

    @Test
    void thereIsNoRowOfNothing() {
        assertThat(ChassisRows.of(Readings.of(Map.of(), Map.of(), 1))).isEmpty();
    }

    private static Chassis row(Map<Class<?>, ?> now) {
        List<Chassis> rows = ChassisRows.of(Readings.of(Map.of(), now, 1));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
