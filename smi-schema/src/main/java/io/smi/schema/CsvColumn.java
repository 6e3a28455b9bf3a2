package io.smi.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of frames.
 *
 * @param arrays the paths of the arrays that it leads through, outermost first
 * @param walks the way to each of them, from the frame or from an element of the one before
 * @param rest the way from an element of the innermost one to the value, or to the map that has it
 * @param key the map's; null when the value is in no map
 */
record CsvColumn(
        String path,
        List<String> arrays,
        List<CsvWalk> walks,
        CsvWalk rest,
        @Nullable String key) {

    /** What a key of a record holds. */
    enum Kind {
        VALUE,
        OBJECT,
        ARRAY,
        MAP
    }

    CsvColumn {
        arrays = List.copyOf(arrays);
        walks = List.copyOf(walks);
    }

    /**
     * The column of this path.
     *
     * @throws IllegalArgumentException with a message for the user, when it leads to no value
     */
    static CsvColumn of(String path) {
        Class<?> type = SnapshotFrame.class;
        List<String> arrays = new ArrayList<>();
        List<CsvWalk> walks = new ArrayList<>();
        CsvWalk walk = CsvWalk.NOWHERE;
        int end = -1;
        while (end < path.length()) {
            int start = end + 1;
            end = path.indexOf('.', start);
            end = end < 0 ? path.length() : end;
            RecordComponent component = component(type, path, path.substring(start, end));
            walk = walk.then(component);
            switch (kind(component)) {
                case VALUE -> {
                    return last(new CsvColumn(path, arrays, walks, walk, null), end);
                }
                case MAP -> {
                    return new CsvColumn(path, arrays, walks, walk, mapKey(path, end));
                }
                case OBJECT -> type = component.getType();
                case ARRAY -> {
                    type = (Class<?>) element(component.getGenericType());
                    arrays.add(path.substring(0, end));
                    walks.add(walk);
                    walk = CsvWalk.NOWHERE;
                }
            }
        }
        throw new IllegalArgumentException("'" + path + "' is no value, but has " + names(type));
    }

    private static CsvColumn last(CsvColumn column, int end) {
        if (end < column.path.length()) {
            throw new IllegalArgumentException("unknown '" + column.path + "': '" + column.path.substring(0, end)
                    + "' is a value and has no keys");
        }
        return column;
    }

    private static String mapKey(String path, int end) {
        if (end >= path.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + path + "' is no value, but has keys that differ by device: such as " + path + ".NAME");
        }
        return path.substring(end + 1);
    }

    private static RecordComponent component(Class<?> type, String path, String name) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (RecordShape.nameOf(component).equals(name)) {
                return component;
            }
        }
        String unknown = path.equals(name) ? "'" + name + "'" : "'" + name + "' in '" + path + "'";
        throw new IllegalArgumentException("unknown " + unknown + ", known are " + names(type));
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordShape::nameOf)
                .collect(Collectors.joining(", "));
    }

    static Kind kind(RecordComponent component) {
        Class<?> type = component.getType();
        if (Map.class.isAssignableFrom(type)) {
            return Kind.MAP;
        }
        if (type.isRecord()) {
            return Kind.OBJECT;
        }
        boolean array = type == List.class && element(component.getGenericType()) != String.class;
        return array ? Kind.ARRAY : Kind.VALUE;
    }

    private static Type element(Type list) {
        return ((ParameterizedType) list).getActualTypeArguments()[0];
    }

    /** How many arrays it leads through. */
    int depth() {
        return arrays.size();
    }

    /**
     * Its value as the frame's JSON has it: a number, a text, or null.
     *
     * @param inside the frame, then an element of each array, outermost first
     */
    @Nullable
    Object value(List<Object> inside) {
        Object value = rest.from(inside.get(depth()));
        if (key != null) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return switch (value) {
            case null -> null;
            case Long number -> Values.exact(number);
            case Label label -> label.label();
            case Instant time -> Timestamps.format(time);
            case List<?> words -> words.stream().map(Objects::toString).collect(Collectors.joining(";"));
            default -> value;
        };
    }
}
