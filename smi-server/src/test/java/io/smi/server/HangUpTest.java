package io.smi.server;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.EventClient.Event;
import java.io.File;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go, and those that behave as clients seldom do. */
@Timeout(60)
class HangUpTest {
    private LiveServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = new LiveServer(new TestMachine(folder), Duration.ofSeconds(1)).ready();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    static int openFiles() {
        String[] files = new File("/proc/self/fd").list();
        assertThat(files).isNotNull();
        return files.length;
    }

    @Test
    void nothingIsLeftOfStreamsWhoseClientsHaveGone() throws Exception {
        int before = openFiles();
        List<EventClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(EventClient.open(server.address(i), "/events"));
        }
        assertThat(server.clients()).isEqualTo(100);
        for (EventClient client : clients) {
            client.close();
        }
        await(() -> server.clients() == 0 && openFiles() <= before + 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStrayLineEndDoesNotEndAStream(int transport) throws Exception {
        try (EventClient client = EventClient.open(server.address(transport), "/events")) {
            long first = client.next("snapshot").seq();
            client.send("\r\n");
            assertThat(client.next().seq()).isEqualTo(first + 1);
            client.send("GET /health HTTP/1.1\r\n\r\n");
            assertThat(client.next().seq()).isEqualTo(first + 2);
        }
        await(() -> server.clients() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneThatGoesOnTalkingIsHungUpOn(int transport) throws Exception {
        try (EventClient client = EventClient.open(server.address(transport), "/events")) {
            client.send("x".repeat(4096));
            await(() -> server.clients() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatIsAskedBehindAStreamIsNotAnswered(int transport) throws Exception {
        try (SocketChannel channel = SocketChannel.open(server.address(transport))) {
            Answer.send(
                    channel,
                    "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await(() -> server.clients() == 1);
            server.server().close();
            String text = new String(Answer.rest(channel), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(text.split("HTTP/1.1 ", -1)).hasSize(2);
            assertThat(text).endsWith("event: server.state\ndata: {\"mode\":\"draining\"}\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStreamWhoseClientSaysNoMoreHasNobodyWhoListens(int transport) throws Exception {
        try (EventClient client = EventClient.open(server.address(transport), "/events")) {
            client.next("snapshot");
            client.finish();
            assertThat(client.rest()).allMatch(event -> event.kind().equals("snapshot"));
        }
        await(() -> server.clients() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/snapshot", "/snapshot?include=process", "/metrics", "/health", "/"})
    void whoSaysNoMoreAfterAnyOtherRequestIsAnswered(String target) throws Exception {
        for (int transport = 0; transport < 2; transport++) {
            try (SocketChannel channel = SocketChannel.open(server.address(transport))) {
                Answer.send(channel, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                channel.shutdownOutput();
                assertThat(new String(Answer.rest(channel), java.nio.charset.StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @Test
    void whoHangsUpBeforeItsAnswerCostsNothing() throws Exception {
        int before = openFiles();
        for (int i = 0; i < 200; i++) {
            try (SocketChannel channel = SocketChannel.open(server.address(i))) {
                String target = List.of("/snapshot?include=process", "/metrics", "/events", "/")
                        .get(i / 2 % 4);
                Answer.send(channel, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
        }
        await(() -> server.clients() == 0 && openFiles() <= before + 5);
        assertThat(server.get("/snapshot").status()).isEqualTo(200);
    }

    @Test
    void streamsToClientsOfHttp10() throws Exception {
        for (int transport = 0; transport < 2; transport++) {
            try (SocketChannel channel = SocketChannel.open(server.address(transport))) {
                Answer.send(channel, "GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                await(() -> server.clients() == 1);
            }
            await(() -> server.clients() == 0);
        }
        try (SocketChannel channel = SocketChannel.open(server.tcp())) {
            Answer.send(channel, "GET /events HTTP/1.0\r\n\r\n");
            await(() -> server.clients() == 1);
            server.server().close();
            String text = new String(Answer.rest(channel), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(text)
                    .startsWith("HTTP/1.")
                    .contains("\r\n\r\nretry: 2000\n\n")
                    .endsWith("\"draining\"}\n\n");
        }
    }

    @Test
    void aStreamMayFollowOtherRequestsOnItsConnection() throws Exception {
        for (int transport = 0; transport < 2; transport++) {
            try (SocketChannel channel = SocketChannel.open(server.address(transport))) {
                Answer.send(channel, "GET /schema HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2));
                Answer.send(channel, "GET /events?events=server HTTP/1.1\r\nHost: localhost\r\n\r\n");
                await(() -> server.clients() == 1);
            }
            await(() -> server.clients() == 0);
        }
        Event state = server.events("").next("server.state");
        assertThat(state.data()).isEqualTo("{\"mode\":\"normal\"}");
    }
}
