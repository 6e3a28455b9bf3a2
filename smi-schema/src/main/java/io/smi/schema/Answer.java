package io.smi.schema;

import java.util.List;

/**
 * What the readers of one section gave: its rows, and what went wrong on the way.
 *
 * @param <T> the section's row
 */
public record Answer<T>(List<T> rows, List<FrameError> errors) {
    public Answer {
        rows = List.copyOf(rows);
        errors = List.copyOf(errors);
    }

    /** Rows, and nothing went wrong. */
    public static <T> Answer<T> of(List<T> rows) {
        return new Answer<>(rows, List.of());
    }
}
