package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.schema.Section;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged server, as clients see it. */
@Timeout(120)
class ApiIT {
    @TempDir
    private Path folder;

    @Test
    void tcpAndTheUnixSocketServeTheSameFrames() throws Exception {
        Path socket = folder.resolve("smi.sock");
        try (ApiProcess smi = ApiProcess.start(
                        "--listen", "127.0.0.1:0", "--socket", socket.toString(), "--interval", "200ms");
                EventStream tcp = EventStream.open(smi.tcp(), "/events");
                EventStream unix = EventStream.open(smi.unix(), "/events")) {
            assertThat(smi.addresses()).hasSize(2).contains("unix:" + socket);
            assertThat(tcp.next()).returns("server.state", Event::kind).returns("{\"mode\":\"normal\"}", Event::data);
            List<Event> overTcp = tcp.frames(5);
            List<Event> overUnix = unix.frames(5);
            long first = Long.parseLong(overTcp.getFirst().id());
            for (Event event : overTcp) {
                assertThat(event.id()).isEqualTo(String.valueOf(first + overTcp.indexOf(event)));
                assertThat(event.frame().seq()).isEqualTo(Long.parseLong(event.id()));
                assertThat(event.frame().sections()).isEqualTo(Section.DEFAULTS);
            }
            List<String> seen = overTcp.stream().map(Event::data).toList();
            assertThat(overUnix.stream().map(Event::data).filter(seen::contains).count())
                    .as("frames that both got")
                    .isGreaterThan(2);
        }
    }

    @Test
    void oneSectionIsAllThatWhoeverAsksForItGets() throws Exception {
        Path socket = folder.resolve("smi.sock");
        try (ApiProcess smi = ApiProcess.start("--socket", socket.toString(), "--interval", "100ms");
                EventStream events = EventStream.open(smi.unix(), "/events?include=gpu")) {
            assertThat(smi.addresses()).as("no TCP port beside a socket").containsExactly("unix:" + socket);
            for (Event event : events.frames(3)) {
                assertThat(event.frame().sections()).containsExactly(Section.GPU);
            }
        }
    }

    @Test
    void aJavaClientGetsThreeFramesInFiveSeconds() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--interval", "1s");
                HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<Long> thirdFrame = CompletableFuture.supplyAsync(() -> {
                HttpRequest events = HttpRequest.newBuilder(URI.create(smi.url() + "/events"))
                        .build();
                try (Stream<String> lines =
                        client.send(events, BodyHandlers.ofLines()).body()) {
                    return lines.filter("event: snapshot"::equals).limit(3).count();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(thirdFrame.get(5, TimeUnit.SECONDS)).isEqualTo(3);
            client.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/snapshot", "/snapshot?include=process&pretty=1", "/metrics", "/schema", "/health"})
    void bothKindsOfSocketHaveAllRoutes(String path) throws Exception {
        Path socket = folder.resolve("smi.sock");
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--socket", socket.toString());
                Answer tcp = Answer.get(smi.tcp(), path);
                Answer unix = Answer.get(smi.unix(), path)) {
            assertThat(List.of(tcp.status(), unix.status())).containsOnly(200);
            assertThat(tcp.text()).isNotEmpty();
            assertThat(unix.text()).isNotEmpty();
        }
    }

    @Test
    void nothingButWhereItServesIsSaid() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0");
                Answer answer = Answer.get(smi.tcp(), "/snapshot")) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(smi.said()).matches("smi: serving on http://127\\.0\\.0\\.1:\\d+\n");
        }
    }

    @Test
    void aPublicAddressWithoutUsersIsWarnedOf() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "0.0.0.0:0")) {
            assertThat(smi.said())
                    .hasLineCount(2)
                    .startsWith("smi: --listen 0.0.0.0:0: everyone who reaches this address can read");
        }
    }

    @Test
    void anIpv6AddressIsSaidAsAUrl() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "[::1]:0");
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(smi.url()).startsWith("http://[0:0:0:0:0:0:0:1]:");
            HttpRequest health = HttpRequest.newBuilder(URI.create(smi.url() + "/health"))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            assertThat(client.send(health, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }
}
