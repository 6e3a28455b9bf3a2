package io.smi.record.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lines of HTTP, which end with a line feed, and mostly a carriage return before it. */
final class HttpLines {
    private final InputStream in;
    private int left;

    /** At most so many bytes in all. */
    HttpLines(InputStream in, int mostBytes) {
        this.in = in;
        this.left = mostBytes;
    }

    /** The next one without its end. */
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up before it had answered");
            }
            if (left-- == 0) {
                throw new IOException("answers with a line or a head that does not end");
            }
            line.append((char) b);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }
}
