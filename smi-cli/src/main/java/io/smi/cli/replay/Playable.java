package io.smi.cli.replay;

import io.smi.schema.SnapshotFrame;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A recording that can be read from its first frame as often as need be. As text it is its name, for users. */
public interface Playable {
    /** Its frames in their order, for one thread. */
    interface Frames extends Closeable {
        /**
         * The next frame; null at the end.
         *
         * @throws IOException when it cannot be read; the message is for users
         */
        @Nullable
        SnapshotFrame next() throws IOException;
    }

    /**
     * Begins with the first frame.
     *
     * @param findings told what is damaged, in one line each; reading goes on behind it
     * @throws IOException when it cannot be read; the message is for users
     */
    Frames open(Consumer<String> findings) throws IOException;
}
