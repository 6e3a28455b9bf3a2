package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** How long tasks stood still for want of one resource. */
public record PressureStall(
        @Key("Share of the last 10 s in which at least one task waited.") @Nullable
        Double someAvg10Percent,

        @Key("Share of the last 10 s in which all tasks waited; null of the CPU, where it has no meaning.") @Nullable
        Double fullAvg10Percent,

        @Key("Time since boot in which at least one task waited.") @Nullable
        Double someSecondsTotal,

        @Key("Time since boot in which all tasks waited; null of the CPU, where it has no meaning.") @Nullable
        Double fullSecondsTotal)
        implements Row {
    public PressureStall {
        someAvg10Percent = Values.percent(someAvg10Percent);
        fullAvg10Percent = Values.percent(fullAvg10Percent);
        someSecondsTotal = Values.number(someSecondsTotal);
        fullSecondsTotal = Values.number(fullSecondsTotal);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("some_avg10_percent", someAvg10Percent);
        out.number("full_avg10_percent", fullAvg10Percent);
        out.number("some_seconds_total", someSecondsTotal);
        out.number("full_seconds_total", fullSecondsTotal);
    }
}
