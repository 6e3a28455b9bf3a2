package io.smi.cli;

import io.smi.record.Line;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the lines of a recording come from. For one thread, but for {@link #stop}. */
interface LineSource extends AutoCloseable {
    /** Waits for the next line; null at the end. */
    @Nullable
    Line next() throws IOException;

    /** Ends it soon: what is on its way may still come. From any thread. */
    void stop();

    /** How many lines there should have been, and were not. */
    long dropped();

    /** What is missing in the lines so far and why, in one line for people; null when nothing is. */
    @Nullable
    String missing();

    @Override
    void close();
}
