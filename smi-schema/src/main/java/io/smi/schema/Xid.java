package io.smi.schema;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Error events of the NVIDIA driver since this process started. */
public record Xid(
        @Key(value = "Number of events.", unit = "events") @Nullable
        Long total,

        @Key("Code of the last event; null before the first.") @Nullable
        Integer last,

        @Key("Time of the last event; null before the first.") @Nullable
        Instant lastAt)
        implements Row {
    public Xid {
        lastAt = Values.time(lastAt);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("total", total);
        out.number("last", last);
        out.time("last_at", lastAt);
    }
}
