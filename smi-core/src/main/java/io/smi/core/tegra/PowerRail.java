package io.smi.core.tegra;

import io.smi.core.Problems;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rail that one of the INA3221 power monitors of a Jetson's module measures. The device tree names their inputs. */
final class PowerRail {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    /** An INA3221 has no more, and the drivers count from 0 or from 1. */
    private static final int LAST_INPUT = 3;

    /**
     * Who drives the monitors, and how its files are called, where # is an input's number. All give voltage in mV and
     * current in mA.
     */
    private enum Driver {
        /** {@code Documentation/hwmon/ina3221.rst}. */
        LINUX("ina3221", "/hwmon", "hwmon", "in#_label", "in#_input", "curr#_input"),
        /** That of Jetson Linux 32. */
        JETPACK_4("ina3221x", "", "iio:device", "rail_name_#", "in_voltage#_input", "in_current#_input");

        private final String name;
        private final String parent;
        private final String folder;
        private final String label;
        private final String voltage;
        private final String current;

        Driver(String name, String parent, String folder, String label, String voltage, String current) {
            this.name = name;
            this.parent = parent;
            this.folder = folder;
            this.label = label;
            this.voltage = voltage;
            this.current = current;
        }

        /** The input of the monitor in this folder that has one of these names; null when none has. */
        @Nullable
        PowerInput find(KernelFiles sys, String monitor, Set<String> names, Problems problems) {
            for (String entry : sys.list(monitor + parent)) {
                String path = monitor + parent + "/" + entry + "/";
                for (int i = 0; i <= LAST_INPUT && entry.startsWith(folder); i++) {
                    String text = sys.text(path + numbered(label, i), problems);
                    if (text != null && names.contains(text)) {
                        return new PowerInput(
                                sys.file(path + numbered(voltage, i)), sys.file(path + numbered(current, i)));
                    }
                }
            }
            return null;
        }

        private static String numbered(String file, int input) {
            return file.replace("#", Integer.toString(input));
        }
    }

    private final List<Devices<PowerInput>> drivers = new ArrayList<>();

    /** The rail that has one of these names, which differ from module to module. */
    PowerRail(Roots roots, Set<String> names) {
        for (Driver driver : Driver.values()) {
            drivers.add(new Devices<>(
                    roots.sys(),
                    "bus/i2c/drivers/" + driver.name,
                    (path, name, problems) -> driver.find(roots.sys(), path, names, problems),
                    LIST_EVERY));
        }
    }

    /** What it draws; null when it is not measured. */
    @Nullable
    Double watts(Problems problems) throws IOException {
        for (Devices<PowerInput> driver : drivers) {
            for (PowerInput input : driver.list(problems)) {
                return input.watts(problems);
            }
        }
        return null;
    }
}
