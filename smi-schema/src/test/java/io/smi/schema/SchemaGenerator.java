package io.smi.schema;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes the JSON Schema from the records. */
final class SchemaGenerator {
    private static final String TIME_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$";

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private SchemaGenerator() {}

    static String generate() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:smi:snapshot:" + SnapshotFrame.SCHEMA);
        schema.put("title", "smi snapshot frame");
        schema.put(
                "description",
                "What one machine looked like at one moment. A section's array is absent when it was not asked for;"
                        + " a value is null when it could not be read. Keys and sections may be added: skip those that"
                        + " you do not know.");
        schema.putAll(frame());
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (Class<?> record : FrameKey.records()) {
            if (record != SnapshotFrame.class) {
                definitions.put(record.getSimpleName(), object(Map.of(), FrameKey.of(record)));
            }
        }
        schema.put("$defs", definitions);
        return JSON.writeValueAsString(schema) + "\n";
    }

    /** The frame's own keys, and before them the version, which no record holds because it never changes. */
    private static Map<String, Object> frame() {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("description", FrameKey.VERSION_MEANING);
        version.put("unit", FrameKey.NO_UNIT);
        version.put("type", "integer");
        version.put("const", SnapshotFrame.SCHEMA);
        return object(Map.of("schema", version), FrameKey.of(SnapshotFrame.class));
    }

    private static Map<String, Object> object(Map<String, Object> first, List<FrameKey> keys) {
        Map<String, Object> properties = new LinkedHashMap<>(first);
        List<String> required = new ArrayList<>(first.keySet());
        for (FrameKey key : keys) {
            properties.put(key.name(), property(key));
            if (!key.isSection()) {
                required.add(key.name());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        return object;
    }

    private static Map<String, Object> property(FrameKey key) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", key.meaning());
        property.put("unit", key.unit());
        Map<String, Object> value = value(key.type(), key);
        property.putAll(key.nullable() && !key.isSection() ? nullable(value) : value);
        return property;
    }

    private static Map<String, Object> nullable(Map<String, Object> value) {
        if (value.containsKey("$ref")) {
            return Map.of("anyOf", List.of(value, Map.of("type", "null")));
        }
        Map<String, Object> nullable = new LinkedHashMap<>(value);
        nullable.put("type", List.of(value.get("type"), "null"));
        nullable.computeIfPresent("enum", (name, labels) -> {
            List<@Nullable Object> words = new ArrayList<>((List<?>) labels);
            words.add(null);
            return words;
        });
        return nullable;
    }

    private static Map<String, Object> value(Type type, FrameKey key) {
        Map<String, Object> value = new LinkedHashMap<>();
        if (FrameKey.isList(type)) {
            value.put("type", "array");
            value.put("items", value(FrameKey.element(type), key));
        } else if (FrameKey.isMap(type)) {
            value.put("type", "object");
            value.put("additionalProperties", value(FrameKey.element(type), key));
        } else if (((Class<?>) type).isRecord()) {
            value.put("$ref", "#/$defs/" + ((Class<?>) type).getSimpleName());
        } else if (((Class<?>) type).isEnum()) {
            value.put("type", "string");
            value.put("enum", FrameKey.labels((Class<?>) type));
        } else {
            scalar((Class<?>) type, key, value);
        }
        return value;
    }

    private static void scalar(Class<?> type, FrameKey key, Map<String, Object> value) {
        if (type == String.class) {
            value.put("type", "string");
        } else if (type == Boolean.class) {
            value.put("type", "boolean");
        } else if (type == Instant.class) {
            value.put("type", "string");
            value.put("format", "date-time");
            value.put("pattern", TIME_PATTERN);
        } else if (type == Double.class) {
            value.put("type", "number");
            bounds(key, value);
        } else if (type == Integer.class) {
            value.put("type", "integer");
            value.put("maximum", SnapshotFrame.MAX_INTEGER);
        } else if (type == Long.class || type == long.class) {
            value.put("type", "integer");
            value.put("minimum", refuses(key, 0L) ? 1 : 0);
            value.put("maximum", SnapshotFrame.MAX_INTEGER);
        } else {
            throw new IllegalStateException("no JSON Schema for " + type);
        }
    }

    /** The record itself says which numbers it takes. */
    private static void bounds(FrameKey key, Map<String, Object> value) {
        if (refuses(key, -1.0)) {
            value.put("minimum", 0);
        }
        if (refuses(key, 100.01)) {
            value.put("maximum", 100);
        }
    }

    private static boolean refuses(FrameKey key, Object number) {
        try {
            SampleFrames.with(key.component(), FrameKey.isMap(key.type()) ? Map.of("name", number) : number);
            return false;
        } catch (IllegalArgumentException refused) {
            return true;
        }
    }
}
