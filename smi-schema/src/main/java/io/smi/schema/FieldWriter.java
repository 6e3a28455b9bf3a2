package io.smi.schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the keys of one record after another, in the frame's spelling: null is written, never left out. */
final class FieldWriter {
    private final JsonBuffer json;

    FieldWriter(JsonBuffer json) {
        this.json = json;
    }

    void text(String name, @Nullable String value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            json.string(value);
        }
    }

    /** A count or a size, see {@link Values#exact}. */
    void number(String name, @Nullable Long value) {
        json.name(name);
        Long exact = Values.exact(value);
        if (exact == null) {
            json.nothing();
        } else {
            json.number(exact);
        }
    }

    void number(String name, @Nullable Integer value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            json.number(value);
        }
    }

    void number(String name, @Nullable Double value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            json.number(value);
        }
    }

    void flag(String name, @Nullable Boolean value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            json.bool(value);
        }
    }

    void time(String name, @Nullable Instant value) {
        text(name, value == null ? null : Timestamps.format(value));
    }

    void label(String name, @Nullable Label value) {
        text(name, value == null ? null : value.label());
    }

    void object(String name, @Nullable Row value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            row(value);
        }
    }

    void rows(String name, @Nullable List<? extends Row> values) {
        json.name(name);
        if (values == null) {
            json.nothing();
            return;
        }
        json.startArray();
        for (Row value : values) {
            row(value);
        }
        json.endArray();
    }

    void row(Row value) {
        json.startObject();
        value.writeTo(this);
        json.endObject();
    }

    void texts(String name, @Nullable List<String> values) {
        json.name(name);
        if (values == null) {
            json.nothing();
            return;
        }
        json.startArray();
        for (String value : values) {
            json.string(value);
        }
        json.endArray();
    }

    void texts(String name, @Nullable Map<String, String> values) {
        json.name(name);
        if (values == null) {
            json.nothing();
            return;
        }
        json.startObject();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            text(entry.getKey(), entry.getValue());
        }
        json.endObject();
    }

    void numbers(String name, @Nullable Map<String, Double> values) {
        json.name(name);
        if (values == null) {
            json.nothing();
            return;
        }
        json.startObject();
        for (Map.Entry<String, Double> entry : values.entrySet()) {
            number(entry.getKey(), entry.getValue());
        }
        json.endObject();
    }
}
