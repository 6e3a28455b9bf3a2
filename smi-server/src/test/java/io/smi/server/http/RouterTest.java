package io.smi.server.http;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.Answer;
import io.smi.server.LiveServer;
import io.smi.server.TestMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouterTest {
    private LiveServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new LiveServer(new TestMachine(folder), Duration.ofHours(1)).ready();
    }

    @AfterAll
    void end() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/snapshots",
                "/snapshot/",
                "//snapshot",
                "/Snapshot",
                "/snapshot;v=1",
                "/%73napshot",
                "/events/../snapshot",
                "/index.html",
                "/.well-known/x"
            })
    void thereIsNothingElse(String path) throws IOException {
        for (int transport = 0; transport < 2; transport++) {
            Answer.to(server.address(transport), "GET", path).problem(404);
            assertThat(Answer.to(server.address(transport), "HEAD", path).status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/snapshot",
                "/snapshot?include=memory&pretty=1",
                "/schema",
                "/health",
                "/healthz",
                "/-/healthy",
                "/ready",
                "/readyz",
                "/-/ready"
            })
    void headIsGetWithoutTheBody(String target) throws IOException {
        Answer get = server.get(target);
        Answer head = Answer.to(server.unix(), "HEAD", target);
        assertThat(get.status()).isEqualTo(200);
        assertThat(head.status()).isEqualTo(200);
        assertThat(get.body()).isNotEmpty();
        assertThat(head.headers().keySet()).isEqualTo(get.headers().keySet());
        assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
        assertThat(head.header("cache-control")).isEqualTo("no-store");
        if (!target.contains("ready") && !target.contains("health")) {
            assertThat(head.header("content-length")).isEqualTo(Integer.toString(get.body().length));
        }
    }

    @Test
    void headOfMetricsHasTheirHeaders() throws IOException {
        Answer head = Answer.to(server.tcp(), "HEAD", "/metrics");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(Integer.parseInt(head.headers().get("content-length"))).isPositive();
    }

    @Test
    void headOfEventsBeginsNoStream() throws Exception {
        for (int transport = 0; transport < 2; transport++) {
            Answer head = Answer.to(server.address(transport), "HEAD", "/events");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
        }
        await(() -> server.clients() == 0);
        assertThat(Answer.to(server.tcp(), "HEAD", "/events?x=1").status()).isEqualTo(400);
    }

    @Test
    void everyRouteButTheStreamAnswersOnTheSameConnection() throws Exception {
        String text = "";
        for (String target : List.of("/health", "/snapshot", "/metrics", "/schema", "/", "/nothing", "/health?x=1")) {
            text += "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            text += "HEAD " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        }
        for (int transport = 0; transport < 2; transport++) {
            assertThat(Answer.statuses(server.address(transport), text))
                    .containsExactly(200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 400, 400);
        }
    }

    @Test
    void anAddressInFullIsThePathInIt() throws IOException {
        assertThat(server.get("http://localhost/health").status()).isEqualTo(200);
        server.get("http://localhost/healthy").problem(404);
    }

    @Test
    void answersClientsOfHttp10() throws IOException {
        for (int transport = 0; transport < 2; transport++) {
            Answer answer = Answer.raw(server.address(transport), "GET /snapshot HTTP/1.0\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("schema").intValue()).isEqualTo(1);
        }
    }
}
