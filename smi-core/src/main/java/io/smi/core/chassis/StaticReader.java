package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.Reader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reader of facts that stay as they are while the machine runs: asks once, and gives the same answer ever after. */
abstract class StaticReader<T> implements Reader<T> {
    private @Nullable T facts;
    private @Nullable Problems told;

    @Override
    public final @Nullable T read(Problems problems) throws IOException {
        Problems first = told;
        if (first == null) {
            first = new Problems();
            facts = readOnce(first);
            told = first;
        }
        problems.addAll(first);
        return facts;
    }

    /** As {@link #read}; called again only when it threw. */
    abstract @Nullable T readOnce(Problems problems) throws IOException;
}
