package io.smi.schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the keys of one record after another, in the frame's spelling: null is written, never left out. */
final class FieldWriter {
    /** Beyond this a JSON number is no longer exact in the tools that read it. */
    private static final long MAX_INTEGER = (1L << 53) - 1;

    private final JsonGenerator json;

    FieldWriter(JsonGenerator json) {
        this.json = json;
    }

    void text(String name, @Nullable String value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    /** An integer; null too when it is larger than 2^53-1, which no reader of JSON would get back exactly. */
    void number(String name, @Nullable Long value) {
        json.writeName(name);
        if (value == null || value > MAX_INTEGER || value < -MAX_INTEGER) {
            json.writeNull();
        } else {
            json.writeNumber(value.longValue());
        }
    }

    void number(String name, @Nullable Integer value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value.intValue());
        }
    }

    void number(String name, @Nullable Double value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            decimal(value);
        }
    }

    void flag(String name, @Nullable Boolean value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeBoolean(value);
        }
    }

    void time(String name, @Nullable Instant value) {
        text(name, value == null ? null : Timestamps.format(value));
    }

    void label(String name, @Nullable Label value) {
        text(name, value == null ? null : value.label());
    }

    void object(String name, @Nullable Row value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            row(value);
        }
    }

    void rows(String name, @Nullable List<? extends Row> values) {
        json.writeName(name);
        if (values == null) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (Row value : values) {
            row(value);
        }
        json.writeEndArray();
    }

    void row(Row value) {
        json.writeStartObject();
        value.writeTo(this);
        json.writeEndObject();
    }

    void texts(String name, @Nullable List<String> values) {
        json.writeName(name);
        if (values == null) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    void texts(String name, @Nullable Map<String, String> values) {
        json.writeName(name);
        if (values == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            text(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    void numbers(String name, @Nullable Map<String, Double> values) {
        json.writeName(name);
        if (values == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        for (Map.Entry<String, Double> entry : values.entrySet()) {
            number(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** Whole numbers are written without a fraction, the way people and jq write them. */
    private void decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= MAX_INTEGER) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
