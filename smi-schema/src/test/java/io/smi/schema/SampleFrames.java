package io.smi.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames made by reflection, so that no key can be forgotten. */
final class SampleFrames {
    private final int variant;
    private int count;

    private SampleFrames(int variant) {
        this.variant = variant;
    }

    /**
     * Every key set, every list of two, and no value twice but flags and words, of which there are few: over the
     * variants 0 to 3 those too differ from their neighbours at least once.
     */
    static SnapshotFrame full(int variant) {
        return (SnapshotFrame) new SampleFrames(variant).value(SnapshotFrame.class);
    }

    static SnapshotFrame full() {
        return full(0);
    }

    /** Every section asked for, and nothing there. */
    static SnapshotFrame empty() {
        return SnapshotFrameBuilder.builder(nulls())
                .gpus(List.of())
                .cpus(List.of())
                .memory(List.of())
                .chassis(List.of())
                .processes(List.of())
                .storage(List.of())
                .network(List.of())
                .build();
    }

    /** One row a section, every value null that may be. */
    static SnapshotFrame nulls() {
        return SnapshotFrameBuilder.builder()
                .seq(1)
                .timestamp(Instant.EPOCH)
                .hostname("h")
                .gpus(List.of(nulls(Gpu.class)))
                .cpus(List.of(nulls(Cpu.class)))
                .memory(List.of(nulls(Memory.class)))
                .chassis(List.of(nulls(Chassis.class)))
                .processes(List.of(nulls(ProcessInfo.class)))
                .storage(List.of(nulls(Storage.class)))
                .network(List.of(nulls(Network.class)))
                .errors(List.of())
                .build();
    }

    private static <T> T nulls(Class<T> record) {
        SampleFrames samples = new SampleFrames(0);
        return record.cast(construct(
                record,
                FrameKey.of(record).stream()
                        .map(key -> key.nullable() ? null : samples.value(key.type()))
                        .toArray()));
    }

    /**
     * A full record but for this value.
     *
     * @throws IllegalArgumentException when the record refuses it
     */
    static Object with(RecordComponent component, Object value) {
        SampleFrames samples = new SampleFrames(0);
        return construct(
                component.getDeclaringRecord(),
                FrameKey.of(component.getDeclaringRecord()).stream()
                        .map(key -> key.component().getName().equals(component.getName())
                                ? value
                                : samples.value(key.type()))
                        .toArray());
    }

    private Object value(Type type) {
        Type element = FrameKey.element(type);
        if (FrameKey.isList(type)) {
            return List.of(value(element), value(element));
        } else if (FrameKey.isMap(type)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(value(String.class), value(element));
            map.put(value(String.class), value(element));
            return map;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return construct(
                    plain,
                    FrameKey.of(plain).stream().map(key -> value(key.type())).toArray());
        }
        return scalar(plain, ++count);
    }

    private Object scalar(Class<?> type, int number) {
        if (type == String.class) {
            return "text " + number;
        } else if (type == Instant.class) {
            return Instant.ofEpochMilli(1_700_000_000_000L + 86_400_123L * number);
        } else if (type == Long.class || type == long.class) {
            return 1_000_003L * number;
        } else if (type == Integer.class) {
            return number;
        } else if (type == Double.class) {
            return number / 100.0;
        } else if (type == Boolean.class) {
            return (number >> variant) % 2 == 0;
        }
        Object[] constants = type.getEnumConstants();
        return constants[(number + variant) % constants.length];
    }

    private static Object construct(Class<?> record, @Nullable Object[] values) {
        Class<?>[] parameters = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return record.getDeclaredConstructor(parameters).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(record + " " + Arrays.toString(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.toString(), e);
        }
    }
}
