package io.smi.core;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one source of the machine: a file or a family of files, an ioctl, a vendor's library.
 *
 * <p>A reader answers with data, with null for "not on this machine", or by throwing; it never logs and swallows, and
 * never puts a 0 where it does not know. What concerns only a part of its data goes to {@code problems} instead, and
 * that part is null. Static facts are read once and kept; everything else anew each time. A reader is called by one
 * thread at a time, not always the same one, and not again while a call of it runs.
 *
 * @param <T> what it reads: immutable, counters as they are, no rates
 */
public interface Reader<T> {
    /**
     * Reads the source as it is now.
     *
     * @param problems what could not be read in part
     * @return null when this machine does not have it
     * @throws IOException when it is there and cannot be read at all
     */
    @Nullable
    T read(Problems problems) throws IOException;

    /**
     * Lets go of what it keeps open from one call to the next: nobody asks for it any more. Not called while a call of
     * {@link #read} runs; the next one is like a first.
     */
    default void release() {}
}
