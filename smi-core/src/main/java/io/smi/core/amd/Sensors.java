package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The hwmon device of a card: temperatures in m°C, power in µW, clocks in Hz, the fan ({@code amdgpu_pm.c}, "DOC: hwmon").
 * Its temp1 is the edge of the die, temp2 the die's hottest spot ("junction"), temp3 the memory. The die is told by its edge,
 * which Instinct MI300 has not.
 */
final class Sensors implements Closeable {
    private static final long HOTTEST_MILLI = 200_000;
    /** The driver counts microwatts in 32 bits. */
    private static final long STRONGEST_MICROWATT = 4_294_000_000L;

    private static final long HERTZ_PER_MHZ = 1_000_000;
    private static final long FASTEST_HERTZ = 100_000_000_000L;
    private static final long FASTEST_RPM = 65_534;
    private static final long FULL_PWM = 255;

    private final Attributes files;
    private final boolean sharesMemory;
    private final Attribute die;
    private final Attribute slowdown;
    private final Attribute shutdown;
    private final Attribute memory;
    private final Attribute power;
    private final Attribute limit;
    private final Attribute limitMax;
    private final Attribute graphicsClock;
    private final Attribute memoryClock;
    private final Attribute fan;
    private final Attribute pwm;

    private Sensors(Attributes files, Problems problems) {
        this.files = files;
        // Only a GPU that is part of a processor measures the voltage of the north bridge.
        this.sharesMemory = "vddnb".equals(files.text("in1_label", problems));
        String chip = files.has("temp1_input") || files.has("temp1_label") ? "temp1" : "temp2";
        this.die = celsius(chip + "_input");
        this.slowdown = celsius(chip + "_crit");
        this.shutdown = celsius(chip + "_emergency");
        this.memory = celsius("temp3_input");
        this.power =
                files.number(files.has("power1_average") ? "power1_average" : "power1_input", 0, STRONGEST_MICROWATT);
        this.limit = limit("power1_cap", problems);
        this.limitMax = limit("power1_cap_max", problems);
        this.graphicsClock = files.number("freq1_input", 1, FASTEST_HERTZ);
        this.memoryClock = files.number("freq2_input", 1, FASTEST_HERTZ);
        this.fan = files.number("fan1_input", 0, FASTEST_RPM);
        this.pwm = files.number("pwm1", 0, FULL_PWM);
    }

    /** Of the card in this folder; null when it has none. */
    static @Nullable Sensors open(KernelFiles sys, String device, Problems problems) {
        Attributes files = Attributes.ofHwmon(sys, device);
        return files == null ? null : new Sensors(files, problems);
    }

    /** One that is not there has 0. */
    private Attribute celsius(String name) {
        return files.number(name, 1, HOTTEST_MILLI);
    }

    /** The file of a card without one says nothing. */
    private Attribute limit(String name, Problems problems) {
        return files.text(name, problems) == null ? Attribute.NONE : files.number(name, 1, STRONGEST_MICROWATT);
    }

    void read(GpuBuilder row, Problems problems) {
        row.memorySharedWithHost(sharesMemory ? Boolean.TRUE : null);
        row.temperatureCelsius(die.read(1e3, problems));
        row.temperatureSlowdownCelsius(slowdown.read(1e3, problems));
        row.temperatureShutdownCelsius(shutdown.read(1e3, problems));
        row.temperatureMemoryCelsius(memory.read(1e3, problems));
        row.powerWatts(power.read(1e6, problems));
        row.powerLimitWatts(limit.read(1e6, problems));
        row.powerLimitMaxWatts(limitMax.read(1e6, problems));
        row.clockGraphicsMhz(graphicsClock.readInt(HERTZ_PER_MHZ, problems));
        if (memoryClock.file() != null) {
            row.clockMemoryMhz(memoryClock.readInt(HERTZ_PER_MHZ, problems));
        }
        row.fanRpm(fan.readInt(1, problems));
        row.fanPercent(pwm.read(FULL_PWM / 100.0, problems));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
