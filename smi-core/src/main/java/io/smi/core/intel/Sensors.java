package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The hwmon device of a card: temperatures in m°C, power in µW, energy in µJ, the fan ({@code
 * Documentation/ABI/testing/sysfs-driver-intel-i915-hwmon} and {@code -xe-hwmon}). Of xe channel 1 is the card and 2 the chip
 * with its package, of which older cards measure only that; its temp3 is the memory. i915 has one channel, for the device.
 */
final class Sensors implements Closeable {
    private static final long HOTTEST_MILLI = 200_000;
    private static final long STRONGEST_MICROWATT = 4_294_000_000L;
    private static final long FASTEST_RPM = 65_534;

    private final Attributes files;
    private final Attribute die;
    private final Attribute memory;
    private final Attribute energy;
    private final Attribute limit;
    private final Attribute limitMax;
    private final Attribute fan;

    private Sensors(Attributes files, boolean xe) {
        this.files = files;
        boolean ofCard = !xe || files.has("energy1_input") || files.has("energy1_label");
        String channel = ofCard ? "1" : "2";
        this.die = files.number(xe ? "temp2_input" : "temp1_input", 1, HOTTEST_MILLI);
        this.memory = xe ? files.number("temp3_input", 1, HOTTEST_MILLI) : Attribute.NONE;
        this.energy = files.number("energy" + channel + "_input", 0, Long.MAX_VALUE);
        // 0 is "disabled".
        this.limit = files.number("power" + channel + "_max", 1, STRONGEST_MICROWATT);
        this.limitMax = xe ? files.number("power" + channel + "_rated_max", 1, STRONGEST_MICROWATT) : Attribute.NONE;
        this.fan = files.number("fan1_input", 0, FASTEST_RPM);
    }

    /** Of the card in this folder, not of a part of it ({@code i915_gt0}); null when it has none. */
    static @Nullable Sensors open(KernelFiles sys, String device, Problems problems) {
        for (String chip : sys.list(device + "/hwmon")) {
            Attributes files = new Attributes(sys, device + "/hwmon/" + chip);
            String name = files.text("name", problems);
            if ("i915".equals(name) || "xe".equals(name)) {
                return new Sensors(files, "xe".equals(name));
            }
        }
        return null;
    }

    boolean measuresEnergy() {
        return energy.file() != null;
    }

    boolean measuresTemperature() {
        return die.file() != null;
    }

    void read(GpuBuilder row, Problems problems) {
        row.temperatureCelsius(die.read(1e3, problems));
        row.temperatureMemoryCelsius(memory.read(1e3, problems));
        row.energyJoulesTotal(energy.read(1e6, problems));
        row.powerLimitWatts(limit.read(1e6, problems));
        row.powerLimitMaxWatts(limitMax.read(1e6, problems));
        row.fanRpm(fan.readInt(1, problems));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
