package io.smi.record.codec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that can be read from a place of one's choice. */
public interface ByteSource extends Closeable {
    /** Reads some bytes from this place on; -1 or 0 when there are none. */
    int read(ByteBuffer into, long position) throws IOException;

    /** What lies before this place will not be read again. */
    void release(long position);
}
