package io.smi.record.write;

import io.smi.record.Line;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the lines of one run go. For one thread. */
public interface Recording extends AutoCloseable {
    /**
     * Writes a line, which survives the end of this process from then on.
     *
     * @throws RecordingException when it cannot be written; the lines before it are kept, and no other can follow
     */
    void write(Line line) throws IOException;

    /** What has been written so far, also after the end. */
    Totals totals();

    /** How many bytes more there was room for at the last write; null when that is not known. */
    @Nullable
    Long freeBytes();

    /**
     * Ends the recording in order. Does nothing the second time, and after a write that failed.
     *
     * @throws RecordingException when the end cannot be written; all lines are kept
     */
    @Override
    void close() throws IOException;
}
