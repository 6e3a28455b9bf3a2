package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** A battery, mains adapter or USB supply. */
public record PowerSupply(
        @Key("Name of the kernel's device: BAT0, AC ...") String name,

        @Key("Charging, Discharging, Full ... of a battery; online or offline of any other.") @Nullable
        String status,

        @Key("Power through it right now: power_now, else current_now x voltage_now.") @Nullable
        Double watts)
        implements Row {
    public PowerSupply {
        watts = Values.number(watts);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.text("name", name);
        out.text("status", status);
        out.number("watts", watts);
    }
}
