package io.smi.schema;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from a record to what lies inside of it.
 *
 * @param steps the key to take at each record
 */
record CsvWalk(List<RecordComponent> steps) {
    static final CsvWalk NOWHERE = new CsvWalk(List.of());

    CsvWalk {
        steps = List.copyOf(steps);
    }

    CsvWalk then(RecordComponent step) {
        List<RecordComponent> further = new ArrayList<>(steps);
        further.add(step);
        return new CsvWalk(further);
    }

    /** What lies at its end; null when something on the way is null. */
    @Nullable
    Object from(Object start) {
        Object at = start;
        for (RecordComponent step : steps) {
            if (at == null) {
                return null;
            }
            try {
                at = step.getAccessor().invoke(at);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a public record's accessor throws nothing", e);
            }
        }
        return at;
    }
}
