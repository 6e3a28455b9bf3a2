package io.smi.record.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body whose length is known before it: as a whole, or chunk by chunk, as proxies send a stream (RFC 9112, 7.1). That it
 * ends too early is a failure.
 */
final class HttpBody extends ByteStream {
    private static final int MOST_LINE_BYTES = 4 << 10;

    private final InputStream in;
    private final boolean chunked;
    /** Of the chunk under way, or of all. */
    private int left;

    private boolean first = true;
    private boolean ended;

    private HttpBody(InputStream in, boolean chunked, int length) {
        this.in = in;
        this.chunked = chunked;
        this.left = length;
    }

    static HttpBody chunked(InputStream in) {
        return new HttpBody(in, true, 0);
    }

    static HttpBody ofLength(InputStream in, int length) {
        return new HttpBody(in, false, length);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0 && chunked && !ended) {
            left = beginChunk();
            ended = left == 0;
        }
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended within " + (chunked ? "a chunk" : "the answer"));
        }
        left -= count;
        return count;
    }

    /** Its length; 0 says that there is no other. */
    private int beginChunk() throws IOException {
        HttpLines lines = new HttpLines(in, MOST_LINE_BYTES);
        if (!first && !lines.next().isEmpty()) {
            throw new IOException("a chunk does not end where it should");
        }
        first = false;
        String line = lines.next();
        int extension = line.indexOf(';');
        int length = HttpHead.number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        if (length < 0) {
            throw new IOException("'" + Text.clean(line) + "' is not the length of a chunk");
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
