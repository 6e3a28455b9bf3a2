package io.smi.server.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends and reads bytes as they are, blocking. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer one = ByteBuffer.allocate(1);

    RawClient(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
    }

    RawClient send(String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    RawClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Ends what this client sends. */
    RawClient finish() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** One answer with a Content-Length: its body. */
    String body() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) one.get(0));
        }
        String length = head.toString()
                .toLowerCase(Locale.ROOT)
                .split("content-length: ", 2)[1]
                .split("\r\n", 2)[0];
        ByteBuffer body = ByteBuffer.allocate(Integer.parseInt(length));
        while (body.hasRemaining()) {
            if (channel.read(body) < 0) {
                throw new IOException("closed in the middle of a body");
            }
        }
        return new String(body.array(), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes. */
    String rest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (channel.read(buffer.clear()) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
