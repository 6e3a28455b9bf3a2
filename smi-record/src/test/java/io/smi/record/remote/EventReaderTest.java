package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the HTML standard says about event streams; its own examples among them. */
class EventReaderTest {
    /** Type, id and data of each event. */
    private static List<String> events(InputStream stream) throws IOException {
        EventReader reader = new EventReader(stream, 64);
        List<String> events = new ArrayList<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            String data =
                    event.isTooLarge() ? event.size() + " bytes" : new String(event.data(), StandardCharsets.UTF_8);
            events.add(event.type() + "|" + event.id() + "|" + data.replace("\n", "\\n"));
        }
        return events;
    }

    /** In one piece, in two at every place, and byte by byte. */
    private static void assertEvents(byte[] stream, String... expected) throws IOException {
        assertThat(events(new ByteArrayInputStream(stream))).containsExactly(expected);
        for (int split = 0; split <= stream.length; split++) {
            InputStream first = new ByteArrayInputStream(Arrays.copyOfRange(stream, 0, split));
            InputStream second = new ByteArrayInputStream(Arrays.copyOfRange(stream, split, stream.length));
            assertThat(events(new SequenceInputStream(first, second)))
                    .as("split at %s", split)
                    .containsExactly(expected);
        }
        assertThat(events(new Trickle(stream))).as("byte by byte").containsExactly(expected);
    }

    private static void assertEvents(String stream, String... expected) throws IOException {
        assertEvents(stream.getBytes(StandardCharsets.UTF_8), expected);
    }

    @Test
    void whatSmiSends() throws IOException {
        assertEvents("""
                retry: 2000

                event: server.state
                data: {"mode":"normal"}

                id: 17
                event: snapshot
                data: {"seq":17}

                : keep-alive

                event: lag
                data: {"dropped":3}

                """, "server.state||{\"mode\":\"normal\"}", "snapshot|17|{\"seq\":17}", "lag|17|{\"dropped\":3}");
    }

    @ParameterizedTest
    @CsvSource({"\\n", "\\r", "\\r\\n"})
    void anyLineEnd(String written) throws IOException {
        String end = written.replace("\\n", "\n").replace("\\r", "\r");
        assertEvents(
                "event: a\ndata: 1\n\n\ndata: 2\ndata\nid: 7\n\ndata: 3\n\n".replace("\n", end),
                "a||1",
                "message|7|2\\n",
                "message|7|3");
    }

    @Test
    void lineEndsMixed() throws IOException {
        assertEvents(
                "data: 1\r\r\ndata: 2\n\r\ndata: 3\r\n\ndata: 4\r\n\r",
                "message||1",
                "message||2",
                "message||3",
                "message||4");
    }

    /** The LF after it may come with the next event only. */
    @Test
    void eventThatEndsWithACarriageReturnDoesNotWaitForMore() throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        InputStream first = new ByteArrayInputStream("data: 1\r\n\r".getBytes(StandardCharsets.UTF_8));
        EventReader reader = new EventReader(new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("not used");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = first.read(into, offset, length);
                asked.set(count < 0);
                return count;
            }
        });
        assertThat(reader.next()).isNotNull();
        assertThat(asked).isFalse();
    }

    @Test
    void dataOfManyLines() throws IOException {
        assertEvents("data: YHOO\ndata: +2\ndata: 10\n\n", "message||YHOO\\n+2\\n10");
        assertEvents("data\n\ndata\ndata\n\ndata:", "message||", "message||\\n");
    }

    @Test
    void oneBlankAfterTheColonIsNoPartOfTheValue() throws IOException {
        assertEvents("data:test\n\ndata: test\n\ndata:  test\n\n", "message||test", "message||test", "message|| test");
    }

    @Test
    void commentsAndFieldsThatNobodyKnows() throws IOException {
        assertEvents(": test stream\n:\n\nfoo: bar\nDATA: 1\n data: 2\ndatax: 3\ndata: yes\n\n", "message||yes");
    }

    @Test
    void idStaysUntilAnotherComes() throws IOException {
        assertEvents(
                "data: 1\nid: 1\n\ndata: 2\n\ndata: 3\nid\n\nid: a\u0000b\ndata: 4\n\nid: 9\n\ndata: 5\n\n",
                "message|1|1",
                "message|1|2",
                "message||3",
                "message||4",
                "message|9|5");
    }

    @Test
    void eventWithoutDataIsNoneAndItsTypeIsForgotten() throws IOException {
        assertEvents("event: a\n\ndata: 1\n\nevent: b\nevent:\ndata: 2\n\n", "message||1", "message||2");
    }

    @Test
    void eventThatTheStreamEndsInIsNone() throws IOException {
        String whole = "id: 7\nevent: a\ndata: 1\n\n";
        for (int end = 0; end < whole.length(); end++) {
            assertEvents(whole.substring(0, end));
        }
        assertEvents(whole, "a|7|1");
    }

    @Test
    void byteOrderMarkAtTheBeginningOnly() throws IOException {
        assertEvents("\ufeffdata: 1\n\n\ufeffdata: 2\n\ndata: \ufeff3\n\n", "message||1", "message||\ufeff3");
        assertEvents("\ufeff");
        assertEvents(new byte[] {(byte) 0xef, (byte) 0xbb, '\n', 'd', 'a', 't', 'a', '\n', '\n'}, "message||");
        assertEvents(new byte[] {(byte) 0xef, (byte) 0xbb});
    }

    @Test
    void bytesAreKeptAsTheyAre() throws IOException {
        byte[] stream = "data: xx\n\n".getBytes(StandardCharsets.UTF_8);
        stream[6] = (byte) 0xff;
        stream[7] = 0;
        Event event = new EventReader(new ByteArrayInputStream(stream)).next();
        assertThat(event).isNotNull();
        assertThat(event.data()).containsExactly(0xff, 0);
    }

    @Test
    void tooLargeEventIsToldAndTheNextOneIsWhole() throws IOException {
        assertEvents(
                "id: 5\ndata: " + "x".repeat(64) + "\n\nid: 6\ndata: " + "x".repeat(60) + "\ndata: 1234\n\ndata: y\n\n",
                "message|5|" + "x".repeat(64),
                "message|6|65 bytes",
                "message|6|y");
    }

    @Test
    void whatIsLongAndNoDataIsPassedOver() throws IOException {
        String very = "x".repeat(100_000);
        List<String> events = events(new ByteArrayInputStream(
                (very + ": 1\n: " + very + "\nevent: " + very + "\ndata: 1\n\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(events).containsExactly("message||1");
    }

    @ParameterizedTest
    @CsvSource({
        "retry: 2000, 2000",
        "retry:0, 0",
        "retry: 1x, -1",
        "retry: -1, -1",
        "retry, -1",
        "retry: 99999999999, 2147483647"
    })
    void retryIsANumberOfMilliseconds(String line, long millis) throws IOException {
        EventReader reader =
                new EventReader(new ByteArrayInputStream((line + "\n\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.next()).isNull();
        assertThat(reader.retryMillis()).isEqualTo(millis);
    }

    /** Gives one byte at a time. */
    private static final class Trickle extends ByteArrayInputStream {
        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1));
        }
    }
}
