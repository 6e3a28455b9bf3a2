package io.smi.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One key of one record, as its component declares it: what the JSON Schema and the docs are made from. */
record FrameKey(RecordComponent component, String name, String meaning, String unit, Type type, boolean nullable) {
    /** What a key without a unit has instead: names, identities, ranks, flags and whole objects. */
    static final String NO_UNIT = "none";

    /** Of the one key that no record holds, because it never changes. */
    static final String VERSION_MEANING = "Version of the frame.";

    /** The last words of a key that are its unit, and the unit that they stand for; the longer ones come first. */
    private static final List<Map.Entry<String, String>> UNITS = List.of(
            Map.entry("bytes_per_second", "bytes/s"),
            Map.entry("bytes_total", "bytes"),
            Map.entry("bytes", "bytes"),
            Map.entry("joules_total", "joules"),
            Map.entry("seconds_total", "seconds"),
            Map.entry("seconds", "seconds"),
            Map.entry("ms", "ms"),
            Map.entry("percent", "percent"),
            Map.entry("celsius", "celsius"),
            Map.entry("watts", "watts"),
            Map.entry("mhz", "MHz"),
            Map.entry("rpm", "rpm"));

    /** The keys of a record, in order. */
    static List<FrameKey> of(Class<?> record) {
        List<FrameKey> keys = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Key key = Objects.requireNonNull(component.getAnnotation(Key.class), component + " of " + record);
            String name = RecordShape.nameOf(component);
            keys.add(new FrameKey(
                    component,
                    name,
                    key.value(),
                    key.unit().isEmpty() ? unitOf(name) : key.unit(),
                    component.getGenericType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class)));
        }
        return keys;
    }

    /** Every record of the frame, the frame first, each before the records that it holds. */
    static Set<Class<?>> records() {
        Set<Class<?>> records = new LinkedHashSet<>();
        collect(SnapshotFrame.class, records);
        return records;
    }

    private static void collect(Class<?> record, Set<Class<?>> records) {
        if (records.add(record)) {
            for (FrameKey key : of(record)) {
                Class<?> nested = key.nested();
                if (nested != null) {
                    collect(nested, records);
                }
            }
        }
    }

    private static String unitOf(String name) {
        for (Map.Entry<String, String> unit : UNITS) {
            if (name.equals(unit.getKey()) || name.endsWith("_" + unit.getKey())) {
                return unit.getValue();
            }
        }
        return NO_UNIT;
    }

    /** The record that this key holds one of, or a list of; null when it holds none. */
    @Nullable
    Class<?> nested() {
        return element(type) instanceof Class<?> plain && plain.isRecord() ? plain : null;
    }

    boolean isList() {
        return isList(type);
    }

    /** Whether it is one of the frame's arrays that are absent when they were not asked for. */
    boolean isSection() {
        return component.getDeclaringRecord() == SnapshotFrame.class
                && Arrays.stream(Section.values())
                        .anyMatch(section -> section.key().equals(name));
    }

    static boolean isList(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == List.class;
    }

    static boolean isMap(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
    }

    /** What a list or map is of; any other type itself. */
    static Type element(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments[arguments.length - 1];
        }
        return type;
    }

    static List<String> labels(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Label) constant).label())
                .toList();
    }
}
