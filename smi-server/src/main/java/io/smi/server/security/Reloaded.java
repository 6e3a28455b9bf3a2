package io.smi.server.security;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read from files, read again when one of them has changed. Looks at most once a second, and only when
 * somebody asks, in the thread that asks: so the first request after a change already obeys it, at the price of a few
 * milliseconds once. Files that cannot be used leave the old value in force.
 */
final class Reloaded<T> {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final Source<T> source;
    private final Consumer<String> warnings;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;
    private volatile WatchedFiles files = new WatchedFiles();
    private volatile T value;

    /** Reads the files. */
    interface Source<T> {
        /**
         * Reads all anew.
         *
         * @param files every file is read through it
         * @param before what is in force, null at the first time
         */
        T read(WatchedFiles files, @Nullable T before) throws WebConfigException;
    }

    /**
     * Reads for the first time.
     *
     * @param warnings told, once for each change, why the new files are not used
     */
    Reloaded(Source<T> source, Consumer<String> warnings, LongSupplier nanoTime) throws WebConfigException {
        this.source = source;
        this.warnings = warnings;
        this.nanoTime = nanoTime;
        this.value = source.read(files, null);
        this.nextLook = new AtomicLong(nanoTime.getAsLong() + PAUSE_NANOS);
    }

    /** The value of the files as they are now, or were a second ago. */
    T get() {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE_NANOS) && files.changed()) {
            read();
        }
        return value;
    }

    private void read() {
        WatchedFiles again = new WatchedFiles();
        try {
            value = source.read(again, value);
        } catch (WebConfigException e) {
            warnings.accept(e.getMessage() + "; what was read before stays in force");
        }
        files = again;
    }
}
