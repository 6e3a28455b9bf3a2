package io.smi.core.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text (RFC 8259) that a program printed. Asked for what it does not have, it answers with nothing: vendors
 * add and drop keys.
 */
public final class Json {
    private static final Json NOTHING = new Json(null);

    private final @Nullable Object value;

    Json(@Nullable Object value) {
        this.value = value;
    }

    /**
     * The value of a text.
     *
     * @throws IOException when it is no JSON, or only the beginning of one
     */
    public static Json parse(String text) throws IOException {
        return new JsonParser(text).parse();
    }

    static Json object(Map<String, Json> members) {
        return new Json(new LinkedHashMap<>(members));
    }

    static Json array(List<Json> elements) {
        return new Json(new ArrayList<>(elements));
    }

    /** Whether it is an array. */
    public boolean isArray() {
        return value instanceof List<?>;
    }

    /** The value of a key. */
    public Json at(String key) {
        return value instanceof Map<?, ?> members && members.get(key) instanceof Json member ? member : NOTHING;
    }

    /** Its elements; none when it is no array. */
    public List<Json> elements() {
        List<Json> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Json json) {
                    elements.add(json);
                }
            }
        }
        return elements;
    }

    /** The text of a string that is not blank, or a number as it is written; else null. */
    public @Nullable String text() {
        return value instanceof String text && !text.isBlank() ? text.strip() : null;
    }
}
