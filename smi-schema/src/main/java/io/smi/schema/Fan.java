package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** A fan. */
public record Fan(
        @Key("Name of the hwmon driver that reads it.") String sensor,
        @Key("What the driver calls this input.") @Nullable String label,

        @Key("Speed; 0 is a fan that stands still.") @Nullable
        Integer rpm)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.text("sensor", sensor);
        out.text("label", label);
        out.number("rpm", rpm);
    }
}
