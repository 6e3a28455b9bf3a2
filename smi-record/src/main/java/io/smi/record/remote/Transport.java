package io.smi.record.remote;

import java.io.Closeable;
import java.io.IOException;

/** A way to a server. For one thread, but for {@link #close}. */
interface Transport extends Closeable {
    /**
     * Asks, on a connection of its own or one that is free again.
     *
     * @return whose body is to be closed
     * @throws IOException when there is no answer, or none in time
     */
    Answer get(Request request) throws IOException, InterruptedException;

    /** Ends what is under way, which then fails, and all that is asked later. May be called from any thread. */
    @Override
    void close();
}
