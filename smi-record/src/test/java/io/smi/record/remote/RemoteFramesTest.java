package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames over several connections. */
class RemoteFramesTest extends RemoteFixture {
    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    @ParameterizedTest
    @EnumSource
    void comesBackAndAsksForWhatItMissed(Way way) throws Exception {
        FakeServer server = serve(
                way,
                stream("retry: 60\n\n", Frames.state("{\"mode\":\"normal\"}"), Frames.events(5, 6)),
                stream(Frames.events(6, 7), Frames.state("{\"mode\":\"draining\"}")),
                stream(Frames.events(8)));
        RemoteFrames frames = open(server);
        assertFrames(frames, 5, 6, 7, 8);
        assertThat(server.requests().get(0))
                .startsWith("GET /events?events=snapshot,server&replay=1&heartbeat=10 HTTP/1.1\r\n")
                .containsIgnoringCase("\r\naccept: text/event-stream\r\n")
                .doesNotContainIgnoringCase("last-event-id")
                .doesNotContainIgnoringCase("authorization");
        assertThat(server.requests().get(1)).containsIgnoringCase("\r\nlast-event-id: 6\r\n");
        assertThat(server.requests().get(2)).containsIgnoringCase("\r\nlast-event-id: 7\r\n");
        assertThat(frames.missed()).isZero();
        String name = server.from();
        assertThat(notices).hasSize(4);
        assertThat(notices.get(0))
                .startsWith("lost " + name + ": the server closed the connection; trying again, first in 0.0");
        assertThat(notices.get(1)).startsWith("connected to " + name + " again after ");
        assertThat(notices.get(2)).startsWith("lost " + name + ": the server ended the stream; ");
        assertThat(notices.get(3)).startsWith("connected to " + name + " again after ");
    }

    @ParameterizedTest
    @EnumSource
    void manyFailuresAreOneLoss(Way way) throws Exception {
        FakeServer server = serve(
                way,
                stream(Frames.event(5)),
                answer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0"),
                connection ->
                        connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nLogin"),
                connection -> connection.send("HTTP/1"),
                stream(Frames.lag(12), Frames.event(18)));
        RemoteFrames frames = open(server);
        assertFrames(frames, 5, 18);
        assertThat(notices).hasSize(3);
        assertThat(notices.get(1)).startsWith("connected to " + server.from() + " again after ");
        assertThat(notices.get(2)).isEqualTo("missed 12 frames: after seq 5, next 18");
        assertThat(frames.missed()).isEqualTo(12);
    }

    /** The first connection tells who the server is; the file that is found then has the newest frame already, or is behind. */
    @ParameterizedTest
    @EnumSource
    void goesOnAfterAFrameThatIsKeptElsewhere(Way way) throws Exception {
        FakeServer server = serve(
                way,
                connection -> {
                    connection.send(FakeServer.STREAM + Frames.event(9));
                    connection.await();
                },
                stream(Frames.lag(1), Frames.events(7, 8, 9)),
                stream(Frames.event(10)));
        RemoteFrames frames = open(server);
        assertFrames(frames, 9);
        frames.after(5);
        assertFrames(frames, 7, 8, 9);
        assertThat(notices).containsExactly("missed 1 frame: after seq 5, next 7");
        assertThat(server.requests().get(1)).containsIgnoringCase("\r\nlast-event-id: 5\r\n");
        assertFrames(frames, 10);
        assertThat(frames.missed()).isEqualTo(1);
    }

    @Test
    void afterAFrameThatIsKeptElsewhereIsKnownBeforeTheFirstConnectionToo() throws Exception {
        FakeServer server = serve(Way.TCP, stream(Frames.events(5, 6)));
        RemoteFrames frames = open(server);
        frames.after(5);
        assertFrames(frames, 6);
        assertThat(server.requests().get(0)).containsIgnoringCase("\r\nlast-event-id: 5\r\n");
        assertThat(notices).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void startedAnew(Way way) throws Exception {
        FakeServer server = serve(
                way,
                stream(Frames.event(5)),
                stream(Frames.state("{\"mode\":\"normal\",\"restarted\":true}"), Frames.event(1000)));
        RemoteFrames frames = open(server);
        assertFrames(frames, 5, 1000);
        assertThat(notices)
                .contains("the server was started anew: nobody knows how many frames are missing after seq 5");
        assertThat(frames.restarts()).isEqualTo(1);
        assertThat(frames.missed()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void refusalIsFinal(Way way) throws Exception {
        String body =
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"a \\u001b[1mtoken\\nplease\"}";
        FakeServer server = serve(
                way,
                answer(
                        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/problem+json\r\nContent-Length: "
                                + body.length(),
                        body),
                stream(Frames.event(5)),
                answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0"));
        assertThatThrownBy(() -> open(server).next())
                .isInstanceOf(IOException.class)
                .hasMessage(server.from() + ": answers 401: a  [1mtoken please");
        RemoteFrames frames = open(server);
        assertFrames(frames, 5);
        assertThatThrownBy(frames::next).hasMessage(server.from() + ": answers 404");
    }

    @ParameterizedTest
    @EnumSource
    void busyServerSaysWhenToComeBackAlsoAtFirst(Way way) throws Exception {
        FakeServer server = serve(
                way,
                answer("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0"),
                answer(
                        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: 0"),
                stream(Frames.event(5)),
                answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0"),
                stream(Frames.event(6)));
        RemoteFrames frames = open(server);
        long start = System.nanoTime();
        assertFrames(frames, 5);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(notices.get(0))
                .startsWith("not connected to " + server.from() + ": answers 503; trying again, first in 1");
        assertThat(notices.get(1)).startsWith("connected to " + server.from() + " after ");
        assertFrames(frames, 6);
    }

    @ParameterizedTest
    @EnumSource
    void firstConnectionThatFailsIsTheLast(Way way) throws Exception {
        FakeServer server = serve(
                way,
                answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0"),
                answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0"));
        assertThatThrownBy(() -> open(server).next())
                .hasMessage(
                        server.from() + ": answers with 'text/html' instead of text/event-stream: this is no smi api");
        assertThatThrownBy(() -> open(server).next()).hasMessage(server.from() + ": answers 503");
        server.close();
        assertThatThrownBy(() -> open(server).next())
                .hasMessage(server.from() + ": "
                        + (way == Way.TCP ? "connection refused, or no way there" : "Connection refused"));
        assertThat(notices).isEmpty();
    }

    @Test
    void addressesWhereNobodyIs() {
        RemoteOptions socket = RemoteOptions.of("unix:" + folder.resolve("none"));
        assertThatThrownBy(() -> open(socket, QUICK).next())
                .hasMessage("unix:" + folder.resolve("none") + ": No such file or directory");
        assertThatThrownBy(() -> open(RemoteOptions.of("http://no.such.host.invalid"), QUICK)
                        .next())
                .hasMessage("http://no.such.host.invalid: this host is not known");
    }

    /** Proxies send chunks, and cut them where they like. */
    @ParameterizedTest
    @EnumSource
    void chunkedStreamCutAnywhere(Way way) throws Exception {
        byte[] events = Frames.events(5, 6, 7).getBytes(StandardCharsets.UTF_8);
        FakeServer server = serve(way, connection -> {
            connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (byte b : events) {
                connection.send("1\r\n");
                connection.send(new byte[] {b});
                connection.send("\r\n");
            }
            connection.await();
        });
        assertFrames(open(server), 5, 6, 7);
    }

    @ParameterizedTest
    @EnumSource
    void oversizedFrameIsToldAndTheNextOneComes(Way way) throws Exception {
        byte[] million = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        FakeServer server = serve(way, connection -> {
            connection.send(FakeServer.STREAM + Frames.event(5) + "id: 6\nevent: snapshot\ndata: ");
            for (int i = 0; i < 17; i++) {
                connection.send(million);
            }
            connection.send("\n\n" + Frames.event(7));
            connection.await();
        });
        RemoteFrames frames = open(server);
        assertFrames(frames, 5, 7);
        assertThat(notices)
                .containsExactly(
                        "missed frame 6, which came damaged: 17825792 bytes are more than the 16777216 allowed");
        assertThat(frames.missed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void largeFramesAreWhole(Way way) throws Exception {
        String large = Frames.json(5).replace("büro", "ü".repeat(3 << 20));
        FakeServer server = serve(way, connection -> {
            connection.send(FakeServer.STREAM + "event: snapshot\ndata: " + large + "\n\n" + Frames.event(6));
            connection.await();
        });
        RemoteFrames frames = open(server);
        Line line = frames.next();
        assertThat(line).isNotNull();
        assertThat(new String(line.json(), StandardCharsets.UTF_8).equals(large))
                .isTrue();
        assertFrames(frames, 6);
    }

    @Test
    void unixSocketThatIsNoHttp() throws Exception {
        FakeServer server = serve(Way.UNIX, connection -> connection.send("220 mail\r\n"), answer(NOT_FOUND));
        assertThatThrownBy(() -> open(server).next()).hasMessage(server.from() + ": answers with no HTTP: '220 mail'");
    }
}
