package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /events} that reads only when it is told to, and accepts nothing but what smi sends. */
public final class EventClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10).flip();
    private final Answer head;

    /**
     * One block of lines.
     *
     * @param kind of the event; retry and comment for what is none
     * @param id null when there is none
     */
    public record Event(String kind, @Nullable String id, String data) {
        /** The data as JSON. */
        public JsonNode json() {
            return JSON.readTree(data);
        }

        /** The number of a frame, which its data must agree with. */
        public long seq() {
            assertThat(kind).as(data).isEqualTo("snapshot");
            long seq = json().get("seq").longValue();
            assertThat(id).isEqualTo(Long.toString(seq));
            return seq;
        }
    }

    private EventClient(SocketChannel channel) throws IOException {
        this.channel = channel;
        StringBuilder lines = new StringBuilder();
        for (String line = line(); !line.equals("\r"); line = line()) {
            lines.append(line).append('\n');
        }
        head = Answer.head(lines.toString(), new byte[0]);
    }

    /** A client that must be accepted. */
    public static EventClient open(SocketAddress address, String target, String... headers) throws IOException {
        return open(SocketChannel.open(address), target, headers);
    }

    /** Like {@link #open(SocketAddress, String, String...)}, with little room for what it has not read. */
    public static EventClient small(SocketAddress address, String target) throws IOException {
        SocketChannel channel = SocketChannel.open(
                address instanceof java.net.InetSocketAddress
                        ? java.net.StandardProtocolFamily.INET
                        : java.net.StandardProtocolFamily.UNIX);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        channel.connect(address);
        return open(channel, target);
    }

    private static EventClient open(SocketChannel channel, String target, String... headers) throws IOException {
        try {
            String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            Answer.send(channel, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n");
            EventClient client = new EventClient(channel);
            assertThat(client.head.status()).isEqualTo(200);
            assertThat(client.head.headers())
                    .containsEntry("content-type", "text/event-stream")
                    .containsEntry("cache-control", "no-store, no-transform")
                    .containsEntry("x-accel-buffering", "no")
                    .doesNotContainKeys("transfer-encoding", "content-length", "content-encoding");
            return client;
        } catch (IOException | RuntimeException | AssertionError e) {
            channel.close();
            throw e;
        }
    }

    /** What comes next. */
    public Event next() throws IOException {
        Event event = nextOrEnd();
        assertThat(event).as("the stream has ended").isNotNull();
        return event;
    }

    /** The next event of this kind, which others may come before. */
    public Event next(String kind) throws IOException {
        Event event = next();
        while (!event.kind().equals(kind)) {
            event = next();
        }
        return event;
    }

    /** What is left until the server ends the stream. */
    public List<Event> rest() throws IOException {
        List<Event> events = new ArrayList<>();
        for (Event event = nextOrEnd(); event != null; event = nextOrEnd()) {
            events.add(event);
        }
        return events;
    }

    private @Nullable Event nextOrEnd() throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return null;
        }
        String line = line();
        String id = null;
        if (line.startsWith("id: ")) {
            id = line.substring(4);
            line = line();
        }
        Event event;
        if (line.startsWith("event: ")) {
            String data = line();
            assertThat(data).startsWith("data: ");
            event = new Event(line.substring(7), id, data.substring(6));
        } else if (line.startsWith("retry: ")) {
            event = new Event("retry", id, line.substring(7));
        } else {
            assertThat(line).startsWith(": ");
            event = new Event("comment", id, line.substring(2));
        }
        assertThat(line()).as("the end of an event").isEmpty();
        return event;
    }

    /** A whole line, without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int start = buffer.position();
            int end = start;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            line.append(new String(buffer.array(), start, end - start, StandardCharsets.ISO_8859_1));
            buffer.position(Math.min(end + 1, buffer.limit()));
            if (end < buffer.limit()) {
                return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
            assertThat(fill()).as("torn: " + line).isTrue();
        }
    }

    private boolean fill() throws IOException {
        int count = channel.read(buffer.clear());
        buffer.flip();
        return count > 0;
    }

    /** Sends these bytes. */
    public EventClient send(String bytes) throws IOException {
        Answer.send(channel, bytes);
        return this;
    }

    /** Says that it sends no more. */
    public EventClient finish() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
