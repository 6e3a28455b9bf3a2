package io.smi.record.remote;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length was told before. */
final class CountedBody extends FilterInputStream {
    private int left;

    CountedBody(InputStream in, int length) throws IOException {
        super(in);
        if (length < 0) {
            throw new IOException("answers with a length that is none");
        }
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended within the answer");
        }
        left -= count;
        return count;
    }
}
