package io.smi.core.gpu;

import io.smi.core.Reader;
import io.smi.core.Span;
import org.jspecify.annotations.Nullable;

/**
 * A reader of accelerators: of their bus, of a vendor's library, of a family of drivers. Several may know the same device.
 *
 * @param <T> what it reads: counters as they are
 */
public interface AcceleratorReader<T> extends Reader<T> {
    /**
     * What a reading says. Pure: it looks at nothing but its arguments, and is called by another thread than {@link #read}.
     *
     * @param span that reading and the one before, for rates; null when there is none before
     */
    Accelerators accelerators(T now, @Nullable Span<T> span);
}
