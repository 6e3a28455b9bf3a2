package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.schema.Chassis;
import io.smi.schema.ChassisBuilder;
import io.smi.schema.Fan;
import io.smi.schema.LoadAverage;
import io.smi.schema.PowerSupply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.ComputerSystem;
import oshi.hardware.PowerSource;
import oshi.software.os.OperatingSystem;

/** OSHI's {@code ComputerSystem}, {@code OperatingSystem}, {@code Sensors} and {@code PowerSource}s. */
public final class OshiChassisReader implements Reader<Chassis> {
    private final SystemInfo system;

    OshiChassisReader(SystemInfo system) {
        this.system = system;
    }

    @Override
    public Chassis read(Problems problems) {
        ComputerSystem computer = system.getHardware().getComputerSystem();
        OperatingSystem os = system.getOperatingSystem();
        Long uptime = Known.positive(os.getSystemUptime());
        return ChassisBuilder.builder()
                .product(Known.text(computer.getModel()))
                .vendor(Known.text(computer.getManufacturer()))
                .serial(Known.text(computer.getSerialNumber()))
                .biosVersion(Known.text(computer.getFirmware().getVersion()))
                .os(Known.text(os.toString()))
                .kernel(Known.text(System.getProperty("os.version")))
                .uptimeSeconds(uptime == null ? null : Double.valueOf(uptime))
                .loadAverage(load(system.getHardware().getProcessor().getSystemLoadAverage(3)))
                .temperatures(List.of())
                .fans(fans(system.getHardware().getSensors().getFanSpeeds()))
                .powerSupplies(supplies(system.getHardware().getPowerSources()))
                .build();
    }

    private static @Nullable LoadAverage load(double[] averages) {
        Double m1 = Known.notNegative(averages[0]);
        return m1 == null ? null : new LoadAverage(m1, Known.notNegative(averages[1]), Known.notNegative(averages[2]));
    }

    private static List<Fan> fans(int[] speeds) {
        List<Fan> fans = new ArrayList<>();
        for (int i = 0; i < speeds.length; i++) {
            if (speeds[i] >= 0) {
                fans.add(new Fan("fan" + (i + 1), null, speeds[i]));
            }
        }
        return fans;
    }

    private static List<PowerSupply> supplies(List<PowerSource> sources) {
        List<PowerSupply> supplies = new ArrayList<>();
        for (PowerSource source : sources) {
            String name = Known.text(source.getName());
            if (name != null) {
                String status = source.isCharging() ? "Charging" : source.isDischarging() ? "Discharging" : null;
                supplies.add(new PowerSupply(name, status, Known.measured(Math.abs(source.getPowerUsageRate()) / 1e3)));
            }
        }
        return supplies;
    }

    /** The rows of its section. */
    public static List<Chassis> rows(Readings readings) {
        Chassis chassis = readings.get(OshiChassisReader.class);
        return chassis == null ? List.of() : List.of(chassis);
    }
}
