package io.smi.server.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * One map of a YAML file, and where it stands, for the messages. Every value is text at first: a user called 007 stays
 * 007. A key without a value is as good as absent.
 */
final class YamlMap {
    private final String file;
    /** The keys that lead here, with a dot behind each; empty at the top. */
    private final String path;

    private final Map<?, ?> values;

    private YamlMap(String file, String path, Map<?, ?> values) {
        this.file = file;
        this.path = path;
        this.values = values;
    }

    /** Parses a whole file. */
    static YamlMap parse(String file, String text) throws WebConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new FailsafeSchema())
                .setTagConstructors(Map.of(Tag.NULL, node -> ""))
                .setAllowNonScalarKeys(false)
                .build();
        Object root;
        try {
            root = new Load(settings).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse("");
            throw new WebConfigException(file + place + ": " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new WebConfigException(file + ": " + e.getMessage(), e);
        }
        if (root instanceof Map<?, ?> map) {
            return new YamlMap(file, "", map);
        }
        if ("".equals(root)) {
            return new YamlMap(file, "", Map.of());
        }
        throw new WebConfigException(file + ": holds no keys");
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Refuses any other key. */
    void allowOnly(Collection<String> known) throws WebConfigException {
        for (Object key : values.keySet()) {
            if (!(key instanceof String) || !known.contains(key)) {
                String all = known.stream().sorted().collect(Collectors.joining(", "));
                throw new WebConfigException(file + ": unknown key " + path + key + "; known are " + all);
            }
        }
    }

    /** A map below this one; empty when it is absent. */
    YamlMap map(String key) throws WebConfigException {
        Object value = value(key);
        if (value == null) {
            return new YamlMap(file, path + key + ".", Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new YamlMap(file, path + key + ".", map);
        }
        throw wrong(key, "must have keys below it");
    }

    @Nullable
    String text(String key) throws WebConfigException {
        Object value = value(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(key, "must be one text");
    }

    boolean flag(String key, boolean otherwise) throws WebConfigException {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, "must be true or false");
        };
    }

    /** A list of texts; empty when it is absent. */
    List<String> list(String key) throws WebConfigException {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, "must be a list");
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw wrong(key, "must be a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** All keys with their texts, in the file's order. */
    Map<String, String> texts() throws WebConfigException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Object key : values.keySet()) {
            String name = String.valueOf(key);
            String value = text(name);
            texts.put(name, value == null ? "" : value);
        }
        return texts;
    }

    /** What is wrong with a key's value. */
    WebConfigException wrong(String key, String what) {
        return new WebConfigException(file + ": " + path + key + " " + what);
    }

    private @Nullable Object value(String key) {
        Object value = values.get(key);
        return "".equals(value) ? null : value;
    }
}
