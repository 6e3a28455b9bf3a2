package io.smi.cli.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says to one request on a connection of its own, TCP or Unix, which {@code java.net.http} cannot.
 *
 * @param head the status line and the headers, in lower case
 * @param body all of it, or a stream
 */
record Answer(SocketChannel channel, String head, InputStream body) implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: (\\d+)\n");

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

    /** One without a length, such as a stream, ends with its connection. */
    private static InputStream body(String head, InputStream in) throws IOException {
        assertThat(head).doesNotContain("\ntransfer-encoding:");
        Matcher length = LENGTH.matcher(head);
        return length.find() ? new ByteArrayInputStream(in.readNBytes(Integer.parseInt(length.group(1)))) : in;
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
}
