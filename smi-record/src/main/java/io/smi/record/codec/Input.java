package io.smi.record.codec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A place in what is read, which moves on with each read and may be moved back. */
public final class Input implements Closeable {
    private final ByteSource source;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).flip();
    /** Where the buffer's first byte is. */
    private long start;

    /** An input at its first byte. */
    public Input(ByteSource source) {
        this.source = source;
    }

    /** Where the next byte comes from. */
    public long position() {
        return start + buffer.position();
    }

    /** Moves to another place, not before what was released. */
    public void position(long position) {
        if (position >= start && position <= start + buffer.limit()) {
            buffer.position((int) (position - start));
        } else {
            start = position;
            buffer.clear().flip();
        }
    }

    /** What lies before the present place is not needed again. */
    public void release() {
        source.release(start);
    }

    /** The next byte; -1 at the end. */
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    /** Moves to the next byte of this value before that place; there, or to the end, when there is none, and tells so. */
    boolean skipTo(byte value, long before) throws IOException {
        while (position() < before && fill()) {
            byte[] bytes = buffer.array();
            int at = buffer.position();
            int limit = (int) Math.min(buffer.limit(), before - start);
            while (at < limit && bytes[at] != value) {
                at++;
            }
            buffer.position(at);
            if (at < limit) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the end. */
    public void skipToEnd() throws IOException {
        while (fill()) {
            buffer.position(buffer.limit());
        }
    }

    /** Reads some bytes: at least one, 0 at the end. */
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!fill()) {
            return 0;
        }
        int some = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, some);
        return some;
    }

    /** Reads this many bytes, or fewer when the input ends before. */
    public int readAll(byte[] bytes, int length) throws IOException {
        int total = 0;
        int some;
        do {
            some = read(bytes, total, length - total);
            total += some;
        } while (some > 0 && total < length);
        return total;
    }

    /** Reads this many bytes. */
    void readWhole(byte[] bytes, int length) throws IOException, BrokenChunkException {
        if (readAll(bytes, length) < length) {
            throw BrokenChunkException.cutOff();
        }
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        start += buffer.limit();
        buffer.clear();
        int length = source.read(buffer, start);
        buffer.flip();
        return length > 0;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
