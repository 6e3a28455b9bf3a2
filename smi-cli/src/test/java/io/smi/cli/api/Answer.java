package io.smi.cli.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * What a server says to one request on a connection of its own, TCP or Unix, which {@code java.net.http} cannot.
 *
 * @param head the status line and the headers, in lower case
 * @param body without its transfer coding; reading fails when the connection ends before the body
 */
record Answer(SocketChannel channel, String head, InputStream body) implements AutoCloseable {
    /** Asks, and reads the head of the answer. */
    static Answer get(SocketAddress address, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            ByteBuffer request = ISO_8859_1.encode("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            while (request.hasRemaining()) {
                channel.write(request);
            }
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            StringBuilder head = new StringBuilder();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                head.append(line.toLowerCase(Locale.ROOT)).append('\n');
            }
            return new Answer(channel, head.toString(), body(head.toString(), in));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static InputStream body(String head, InputStream in) throws IOException {
        if (head.contains("\ntransfer-encoding: chunked\n")) {
            return new Chunked(in);
        }
        String length = head.split("\ncontent-length: ", 2)[1].split("\n", 2)[0];
        return new ByteArrayInputStream(in.readNBytes(Integer.parseInt(length)));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("cut off after: " + line);
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** All of the body. */
    String text() throws IOException {
        return new String(body.readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A body that comes in chunks. */
    private static final class Chunked extends InputStream {
        private final InputStream in;
        private int left;
        private boolean ended;

        Chunked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                left = Integer.parseInt(line(in), 16);
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int count = in.read(bytes, offset, Math.min(length, left));
            if (count < 0) {
                throw new EOFException("cut off " + left + " bytes before the end of a chunk");
            }
            left -= count;
            if (left == 0) {
                line(in);
            }
            return count;
        }
    }
}
