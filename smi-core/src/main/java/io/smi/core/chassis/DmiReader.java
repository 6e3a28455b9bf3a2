package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.StaticReader;
import io.smi.core.chassis.DmiReader.Dmi;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import org.jspecify.annotations.Nullable;

/** What the firmware says of the machine: {@code /sys/class/dmi/id}, or the device tree where there is no DMI. */
public final class DmiReader extends StaticReader<Dmi> {
    private static final String DMI = "class/dmi/id/";
    private static final String TREE = "firmware/devicetree/base/";

    /** What vendors leave in fields that they were to fill in. */
    private static final String[] PLACEHOLDERS = {
        "To Be Filled By O.E.M.",
        "Default string",
        "System Product Name",
        "System manufacturer",
        "System Serial Number",
        "Not Specified",
        "Not Applicable",
        "Not Available",
        "None",
        "Unknown",
        "N/A",
        "OEM",
        "O.E.M.",
        "INVALID",
        "0123456789",
        "123456789",
        "1234567890",
        "0",
    };

    private final KernelFiles sys;

    /** Reads the firmware's tables in this sysfs. */
    public DmiReader(Roots roots) {
        this.sys = roots.sys();
    }

    /** The firmware's words; null where it says nothing, or something that its vendor forgot to fill in. */
    public record Dmi(
            @Nullable String product,
            @Nullable String vendor,
            @Nullable String serial,
            @Nullable String biosVersion) {}

    @Override
    protected @Nullable Dmi readOnce(Problems problems) {
        if (sys.exists(DMI)) {
            return new Dmi(
                    filledIn(sys.text(DMI + "product_name", problems)),
                    filledIn(sys.text(DMI + "sys_vendor", problems)),
                    filledIn(sys.text(DMI + "product_serial", problems)),
                    filledIn(sys.text(DMI + "bios_version", problems)));
        }
        if (sys.exists(TREE)) {
            return new Dmi(
                    filledIn(sys.text(TREE + "model", problems)),
                    null,
                    filledIn(sys.text(TREE + "serial-number", problems)),
                    null);
        }
        return null;
    }

    /** Strings of the device tree end in a zero byte. */
    static @Nullable String filledIn(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int end = text.indexOf('\0');
        String value = (end < 0 ? text : text.substring(0, end)).strip();
        for (String placeholder : PLACEHOLDERS) {
            if (value.equalsIgnoreCase(placeholder)) {
                return null;
            }
        }
        return value.isEmpty() ? null : value;
    }
}
