package io.smi.record.remote;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Unix socket, which Java's HTTP client cannot connect to: HTTP/1.1, one request on each connection. */
final class UnixTransport implements Transport {
    private final Path socket;
    private final Timing timing;
    /** The channel, later what waits on it; both close the channel. */
    private @Nullable Closeable connection;

    private boolean closed;

    UnixTransport(Path socket, Timing timing) {
        this.socket = socket;
        this.timing = timing;
    }

    @Override
    public Answer get(Request request) throws IOException {
        SocketChannel channel = opened(SocketChannel.open(StandardProtocolFamily.UNIX));
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(head(request).getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            InputStream in = new BufferedInputStream(opened(new SocketBytes(channel, timing.silence())));
            return HttpHead.read(in).answer(in);
        } catch (IOException e) {
            end();
            throw e;
        }
    }

    /** So that another thread can close it. */
    private synchronized <T extends Closeable> T opened(T resource) throws IOException {
        connection = resource;
        if (closed) {
            end();
            throw new IOException("closed");
        }
        return resource;
    }

    private static String head(Request request) {
        StringBuilder head = new StringBuilder();
        head.append("GET ").append(request.target()).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private synchronized void end() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a socket that cannot be closed", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        end();
    }
}
