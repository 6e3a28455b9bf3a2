package io.smi.core.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A value of a JSON text that a program printed. Asked for what it does not have, it answers with nothing: vendors add and
 * drop keys.
 */
public final class Json {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Json NOTHING = new Json(null);

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /**
     * The value of a text.
     *
     * @throws IOException when it is no JSON, or only the beginning of one
     */
    public static Json parse(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new IOException("no JSON in what it printed");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value in what it printed");
            }
            return value;
        } catch (JacksonException e) {
            throw new IOException("no JSON in what it printed: " + e.getOriginalMessage(), e);
        }
    }

    /** A number stays the text that it is; true, false and null say nothing that is asked for. */
    private static Json value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Json> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                members.put(key, value(parser));
            }
            return new Json(members);
        } else if (token == JsonToken.START_ARRAY) {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Json(elements);
        }
        return token == JsonToken.VALUE_STRING || token.isNumeric() ? new Json(parser.getString()) : NOTHING;
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
