package io.smi.core;

import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the readers gave in one collection, by the class of the reader, each with its reading of the one before. */
public final class Readings {
    private final Map<Class<?>, Timed<?>> now;
    private final Map<Class<?>, Timed<?>> before;

    /**
     * A value and when it was read.
     *
     * @param nanos on the monotonic clock
     */
    record Timed<T>(T value, long nanos) {}

    Readings(Map<Class<?>, Timed<?>> now, Map<Class<?>, Timed<?>> before) {
        this.now = now;
        this.before = before;
    }

    /** Readings for a test: two samples, a given time apart. */
    public static Readings of(Map<Class<?>, ?> before, Map<Class<?>, ?> now, long nanos) {
        return new Readings(timed(now, nanos), timed(before, 0));
    }

    private static Map<Class<?>, Timed<?>> timed(Map<Class<?>, ?> values, long nanos) {
        Map<Class<?>, Timed<?>> timed = new HashMap<>();
        values.forEach((reader, value) -> timed.put(reader, new Timed<>(value, nanos)));
        return timed;
    }

    /** What this reader gave; null when it gave nothing or was not asked. */
    public <T> @Nullable T get(Class<? extends Reader<T>> reader) {
        Timed<T> timed = timed(now, reader);
        return timed == null ? null : timed.value();
    }

    /** What this reader gave now and before; null unless it gave something both times. */
    public <T> @Nullable Span<T> span(Class<? extends Reader<T>> reader) {
        Timed<T> last = timed(now, reader);
        Timed<T> first = timed(before, reader);
        if (last == null || first == null || last.nanos() <= first.nanos()) {
            return null;
        }
        return new Span<>(first.value(), last.value(), last.nanos() - first.nanos());
    }

    /** What a reader of accelerators says; null when it gave nothing or was not asked. */
    <T> @Nullable Accelerators accelerators(AcceleratorReader<T> reader) {
        @SuppressWarnings("unchecked") // the class of a reader of T
        Class<? extends Reader<T>> type = (Class<? extends Reader<T>>) reader.getClass();
        T value = get(type);
        return value == null ? null : reader.accelerators(value, span(type));
    }

    /** Values are put in under the class of the reader that gave them, so the cast holds. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable Timed<T> timed(Map<Class<?>, Timed<?>> map, Class<? extends Reader<T>> reader) {
        return (Timed<T>) map.get(reader);
    }
}
