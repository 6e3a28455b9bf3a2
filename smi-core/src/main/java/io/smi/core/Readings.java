package io.smi.core;

import io.smi.schema.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    /** The rows of all readers of this section that read rows, one after the other in the order of {@link Readers}. */
    List<Object> rows(List<Source<?>> sources, Section section) {
        List<Object> rows = new ArrayList<>();
        for (Source<?> source : sources) {
            Timed<?> timed = now.get(source.reader().getClass());
            if (source.sections().contains(section) && timed != null && source.reader() instanceof RowReader<?>) {
                rows.addAll((List<?>) timed.value());
            }
        }
        return rows;
    }

    /** Values are put in under the class of the reader that gave them, so the cast holds. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable Timed<T> timed(Map<Class<?>, Timed<?>> map, Class<? extends Reader<T>> reader) {
        return (Timed<T>) map.get(reader);
    }
}
