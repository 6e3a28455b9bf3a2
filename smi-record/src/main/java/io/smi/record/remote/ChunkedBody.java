package io.smi.record.remote;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks, each with its length before it (RFC 9112, 7.1), as proxies send a stream. */
final class ChunkedBody extends FilterInputStream {
    private static final int MOST_LINE_BYTES = 4 << 10;

    /** Of the chunk under way. */
    private int left;

    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            begin();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(into, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended within a chunk");
        }
        left -= count;
        return count;
    }

    private void begin() throws IOException {
        HttpLines lines = new HttpLines(in, MOST_LINE_BYTES);
        if (!first && !lines.next().isEmpty()) {
            throw new IOException("a chunk does not end where it should");
        }
        first = false;
        String line = lines.next();
        int extension = line.indexOf(';');
        left = HttpHead.number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
        if (left < 0) {
            throw new IOException("'" + Text.clean(line) + "' is not the length of a chunk");
        }
        ended = left == 0;
    }
}
