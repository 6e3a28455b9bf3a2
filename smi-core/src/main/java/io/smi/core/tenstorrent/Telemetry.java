package io.smi.core.tenstorrent;

import io.smi.core.Problems;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a card's firmware tells: the {@code tt_*} attributes, as tt-kmd's {@code docs/sysfs-attributes.md} describes them, and
 * the hwmon device. Which there are is up to the firmware. A board may have two chips, of which one is on the bus: the
 * serial number is the board's, {@code tt_asic_id} the chip's.
 */
final class Telemetry implements Closeable {
    private static final long FASTEST_MHZ = 100_000;
    private static final long HOTTEST_MILLI = 200_000;
    /** The driver counts microwatts in 32 bits. */
    private static final long STRONGEST_MICROWATT = 4_294_000_000L;

    private static final long FASTEST_RPM = 65_534;

    private final Attributes own;
    private final @Nullable Attributes sensors;
    private final Problems told = new Problems();
    private final @Nullable String uuid;
    private final @Nullable String serial;
    private final @Nullable String type;
    private final @Nullable String firmware;
    private final Attribute clock;
    private final Attribute temperature;
    private final Attribute slowdown;
    private final Attribute power;
    private final Attribute limit;
    private final Attribute fan;

    Telemetry(KernelFiles sys, String path) {
        this.own = new Attributes(sys, path);
        this.sensors = Attributes.ofHwmon(sys, path + "/device");
        this.uuid = own.text("tt_asic_id", told);
        this.serial = own.text("tt_serial", told);
        this.type = own.text("tt_card_type", told);
        this.firmware = own.text("tt_fw_bundle_ver", told);
        this.clock = own.number("tt_aiclk", 1, FASTEST_MHZ);
        this.temperature = sensor("temp1_input", HOTTEST_MILLI);
        this.slowdown = sensor("temp1_max", HOTTEST_MILLI);
        this.power = sensor("power1_input", STRONGEST_MICROWATT);
        this.limit = sensor("power1_max", STRONGEST_MICROWATT);
        this.fan = sensor("fan1_input", FASTEST_RPM);
    }

    /** What the firmware does not know it says as 0, but for a fan that stands still. */
    private Attribute sensor(String name, long most) {
        long least = name.startsWith("fan") ? 0 : 1;
        return sensors == null ? Attribute.NONE : sensors.number(name, least, most);
    }

    boolean isThere() {
        return clock.file() != null && sensors != null;
    }

    void read(GpuBuilder row, Problems problems) {
        problems.addAll(told);
        row.uuid(uuid)
                .serial(serial)
                .name("unknown".equals(type) ? null : type)
                .firmwareVersion(firmware)
                .clockGraphicsMhz(clock.readInt(1, problems))
                .temperatureCelsius(temperature.read(1e3, problems))
                .temperatureSlowdownCelsius(slowdown.read(1e3, problems))
                .powerWatts(power.read(1e6, problems))
                .powerLimitWatts(limit.read(1e6, problems))
                .fanRpm(fan.readInt(1, problems));
    }

    @Override
    public void close() throws IOException {
        own.close();
        if (sensors != null) {
            sensors.close();
        }
    }
}
