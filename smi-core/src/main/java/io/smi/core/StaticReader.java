package io.smi.core;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of facts that stay as they are while the machine runs, or while what they hold for stays the same: asks once,
 * and gives the same answer, with the same problems, ever after.
 *
 * @param <T> the facts
 */
public abstract class StaticReader<T> implements Reader<T> {
    private @Nullable Object heldFor;
    private @Nullable T facts;
    private Problems told = new Problems();

    @Override
    public final @Nullable T read(Problems problems) throws IOException {
        Object now = holdFor(problems);
        if (!now.equals(heldFor)) {
            heldFor = null;
            told = new Problems();
            facts = readOnce(told);
            heldFor = now;
        }
        problems.addAll(told);
        return facts;
    }

    /** What the facts hold for; they are read anew when it is not the same as before. The machine, if not overridden. */
    protected Object holdFor(Problems problems) {
        return "";
    }

    /** As {@link #read}; called again only when it threw, or when the facts hold no more. */
    protected abstract @Nullable T readOnce(Problems problems) throws IOException;
}
