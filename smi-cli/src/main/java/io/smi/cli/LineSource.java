package io.smi.cli;

import io.smi.record.Line;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the lines of a recording come from. For one thread, but for {@link #stop}. */
interface LineSource extends AutoCloseable {
    /** No lines can be had, or no more; the message is for the user. */
    final class SourceException extends IOException {
        private static final long serialVersionUID = 1;

        SourceException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * The name of the machine that the lines tell of; waits until there is one, if need be.
     *
     * @return null when this was stopped
     */
    @Nullable
    String host() throws SourceException;

    /** Goes on after the line of this number, which the recording has already; 0 for none. Before the first line. */
    void after(long lastSeq);

    /** Waits for the next line; null at the end. */
    @Nullable
    Line next() throws SourceException;

    /** Ends it soon: what is on its way may still come. From any thread. */
    void stop();

    /** How many lines there should have been so far, and were not. */
    long dropped();

    /** The same and why, in one line for people; null when nothing is missing. */
    @Nullable
    String missing();

    @Override
    void close();
}
