package io.smi.core.live;

import io.smi.core.ReaderStats;
import io.smi.schema.EncodedFrame;
import io.smi.schema.SnapshotFrame;
import java.util.List;

/**
 * A frame as all who look at it share it.
 *
 * @param encoded the same frame as JSON
 * @param nanos when its readers were started, on the clock of {@link System#nanoTime}
 * @param readers how each reader has done so far
 */
public record LiveFrame(SnapshotFrame frame, EncodedFrame encoded, long nanos, List<ReaderStats> readers) {
    public LiveFrame {
        readers = List.copyOf(readers);
    }

    /** Its number. */
    public long seq() {
        return frame.seq();
    }
}
