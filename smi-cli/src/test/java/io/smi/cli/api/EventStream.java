package io.smi.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameFormatException;
import io.smi.schema.SnapshotFrame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of {@code /events}, over TCP or a Unix socket. */
final class EventStream implements AutoCloseable {
    /**
     * One event.
     *
     * @param nanos when it was there
     */
    record Event(String kind, @Nullable String id, String data, long nanos) {
        SnapshotFrame frame() throws FrameFormatException {
            return FrameDecoder.decode(data.getBytes(UTF_8));
        }
    }

    private final Answer answer;
    private final BufferedReader lines;

    private EventStream(Answer answer) {
        this.answer = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    /** Connects; {@code path} is that of {@code /events}, with parameters if need be. */
    static EventStream open(SocketAddress address, String path) throws IOException {
        Answer answer = Answer.get(address, path);
        assertThat(answer.head()).contains(" 200 ok\n", "\ncontent-type: text/event-stream");
        return new EventStream(answer);
    }

    /** The next event; null at the end of the stream. Fails when the stream ends within an event. */
    @Nullable
    Event next() throws IOException {
        String kind = "message";
        String id = null;
        String data = null;
        boolean within = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            within = !line.isEmpty();
            if (line.startsWith("event: ")) {
                kind = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            } else if (!within && data != null) {
                return new Event(kind, id, data, System.nanoTime());
            }
        }
        assertThat(within).as("the stream ends within an event").isFalse();
        return null;
    }

    /** The next frames. */
    List<Event> frames(int count) throws IOException {
        List<Event> frames = new ArrayList<>();
        while (frames.size() < count) {
            Event event = next();
            assertThat(event).as("after %s frames", frames.size()).isNotNull();
            if (event.kind().equals("snapshot")) {
                frames.add(event);
            }
        }
        return frames;
    }

    /** The last event of the stream, once it has ended. */
    @Nullable
    Event last() throws IOException {
        Event last = null;
        for (Event event = next(); event != null; event = next()) {
            last = event;
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        answer.close();
    }
}
