package io.smi.record.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A pipe's bytes, of which those are kept that may be read again. */
public final class PipeSource implements ByteSource {
    /** What is not smi's own may have chunks of any size. */
    private static final int MOST = 64 << 20;

    private final InputStream stream;
    private byte[] kept = new byte[128 * 1024];
    private int length;
    /** Where the first byte is that is kept. */
    private long start;

    /** All that comes out of this stream. */
    public PipeSource(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position < start) {
            throw new IllegalArgumentException(position + " was released, and " + start + " is the first byte");
        }
        while (position >= start + length) {
            if (!more()) {
                return -1;
            }
        }
        int from = (int) (position - start);
        int some = Math.min(into.remaining(), length - from);
        into.put(kept, from, some);
        return some;
    }

    private boolean more() throws IOException {
        if (length == kept.length) {
            if (length >= MOST) {
                throw new IOException("has a part of more than " + (MOST >> 20)
                        + " MiB that can be checked only as a whole, for which it must be a file, not a pipe");
            }
            kept = Arrays.copyOf(kept, 2 * length);
        }
        int some = stream.read(kept, length, kept.length - length);
        length += Math.max(some, 0);
        return some > 0;
    }

    @Override
    public void release(long position) {
        int gone = (int) Math.min(position - start, length);
        if (gone > 0) {
            System.arraycopy(kept, gone, kept, 0, length - gone);
            length -= gone;
            start += gone;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
