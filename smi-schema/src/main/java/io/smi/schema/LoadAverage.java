package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Load averages: /proc/loadavg. */
public record LoadAverage(
        @Key(value = "Over one minute.", unit = "tasks") @Nullable
        Double m1,

        @Key(value = "Over five minutes.", unit = "tasks") @Nullable
        Double m5,

        @Key(value = "Over fifteen minutes.", unit = "tasks") @Nullable
        Double m15)
        implements Row {
    public LoadAverage {
        m1 = Values.number(m1);
        m5 = Values.number(m5);
        m15 = Values.number(m15);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("m1", m1);
        out.number("m5", m5);
        out.number("m15", m15);
    }
}
