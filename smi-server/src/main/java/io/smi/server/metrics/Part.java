package io.smi.server.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that a row of the frame has several of, and the row that it belongs to. */
record Part<W, P>(W whole, P part) {
    /** All parts of all rows; none of rows whose parts are not known. */
    static <W, P> List<Part<W, P>> of(@Nullable Collection<W> wholes, Function<W, @Nullable Collection<P>> parts) {
        List<Part<W, P>> all = new ArrayList<>();
        if (wholes != null) {
            for (W whole : wholes) {
                Collection<P> known = parts.apply(whole);
                if (known != null) {
                    known.forEach(part -> all.add(new Part<>(whole, part)));
                }
            }
        }
        return all;
    }
}
