package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** A temperature sensor. */
public record Temperature(
        @Key("Name of the hwmon driver that reads it: coretemp, nvme, nct6775 ...")
        String sensor,

        @Key("What the driver calls this input: Package id 0, Composite ...") @Nullable
        String label,

        @Key("The reading.") @Nullable Double celsius,

        @Key("Where the sensor's own limit says it is too warm: temp*_max.") @Nullable
        Double highCelsius,

        @Key("Where damage starts: temp*_crit.") @Nullable Double criticalCelsius)
        implements Row {
    public Temperature {
        celsius = Values.number(celsius);
        highCelsius = Values.number(highCelsius);
        criticalCelsius = Values.number(criticalCelsius);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.text("sensor", sensor);
        out.text("label", label);
        out.number("celsius", celsius);
        out.number("high_celsius", highCelsius);
        out.number("critical_celsius", criticalCelsius);
    }
}
