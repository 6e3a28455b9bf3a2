package io.smi.server.routes;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.Answer;
import io.smi.server.EventClient;
import io.smi.server.LiveServer;
import io.smi.server.TestMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HealthRouteTest {
    @TempDir
    Path folder;

    private TestMachine machine;

    @BeforeEach
    void build() {
        machine = new TestMachine(folder);
    }

    @Test
    void isHealthyAndNotReadyBeforeTheFirstFrame() throws Exception {
        machine.hangs();
        try (LiveServer server = new LiveServer(machine, Duration.ofHours(1))) {
            for (String path : List.of("/ready", "/readyz", "/-/ready")) {
                Answer ready = server.get(path);
                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.header("retry-after")).isEqualTo("1");
                assertThat(ready.text())
                        .isEqualTo(
                                "{\"status\":\"starting\",\"sse_clients\":0,\"frames\":0,\"last_frame_age_ms\":null}");
            }
            for (String path : List.of("/health", "/healthz", "/-/healthy")) {
                assertThat(server.get(path).status()).isEqualTo(200);
            }
            try (EventClient early = server.events("")) {
                assertThat(early.next().kind()).isEqualTo("retry");
                assertThat(early.next().data()).isEqualTo("{\"mode\":\"normal\"}");
                machine.recovers();
                assertThat(early.next().seq())
                        .isEqualTo(server.frame().get("seq").longValue());
            }
            assertThat(server.get("/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void countsFramesAndClients() throws Exception {
        try (LiveServer server = new LiveServer(machine, Duration.ofMillis(50)).ready()) {
            try (EventClient client = server.events("")) {
                client.next("snapshot");
                Answer ready = Answer.to(server.unix(), "GET", "/ready");
                assertThat(ready.header("content-type")).isEqualTo("application/json");
                assertThat(ready.json().get("status").stringValue()).isEqualTo("ready");
                assertThat(ready.json().get("sse_clients").intValue()).isEqualTo(1);
                assertThat(ready.json().get("last_frame_age_ms").longValue()).isBetween(0L, 2000L);
            }
            int before = server.get("/health").json().get("frames").intValue();
            await(() -> server.get("/health").json().get("frames").intValue() > before + 3);
            await(() -> server.clients() == 0);
        }
    }

    @Test
    void isNotReadyOnceItsFramesHaveStopped() throws Exception {
        try (LiveServer server = new LiveServer(machine, Duration.ofMillis(50)).ready()) {
            server.killSampler();
            assertThat(server.death().get()).isNotNull();
            await(() -> server.get("/ready").status() == 503);
            Answer stale = server.get("/ready");
            assertThat(stale.json().get("status").stringValue()).isEqualTo("stale");
            assertThat(stale.json().get("last_frame_age_ms").longValue()).isGreaterThan(2000);
            assertThat(server.get("/health").status()).isEqualTo(200);
            assertThat(server.get("/snapshot").problem(503).header("retry-after"))
                    .isEqualTo("1");
        }
    }

    @Test
    void refusesParameters() throws Exception {
        try (LiveServer server = new LiveServer(machine, Duration.ofHours(1))) {
            server.get("/health?x=1").problem(400);
            server.get("/ready?include=gpu").problem(400);
        }
    }
}
