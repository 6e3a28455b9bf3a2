package io.smi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.Answer;
import io.smi.server.LiveServer;
import io.smi.server.TestMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
class GateTest {
    private LiveServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new LiveServer(new TestMachine(folder), Duration.ofSeconds(1)).ready();
    }

    @AfterAll
    void end() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW"})
    void takesNoMethodThatChangesThings(String method) throws IOException {
        for (String path : List.of("/health", "/events", "/nothing")) {
            Answer answer = Answer.to(server.tcp(), method, path).problem(405);
            assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void tellsWhatIsAllowed() throws IOException {
        for (int transport = 0; transport < 2; transport++) {
            Answer answer = Answer.to(server.address(transport), "OPTIONS", "/snapshot");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(answer.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void readsNoBody(String method) throws IOException {
        int status = method.equals("GET") ? 413 : 405;
        String[] bodies = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        };
        for (String body : bodies) {
            Answer answer = Answer.raw(server.tcp(), method + " /health HTTP/1.1\r\nHost: localhost\r\n" + body);
            answer.problem(status);
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void aBodyOfNothingIsNoBody() throws IOException {
        assertThat(server.get("/health", "Content-Length: 0").status()).isEqualTo(200);
    }

    @Test
    void refusesALongAddress() throws IOException {
        assertThat(server.get("/health?" + "&".repeat(2041)).status()).isEqualTo(200);
        server.get("/health?" + "&".repeat(2048)).problem(414);
        server.get("/" + "x".repeat(2048)).problem(414);
    }

    @Test
    void refusesManyHeaders() throws IOException {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < 62; i++) {
            headers.add("X-" + i + ": 1");
        }
        assertThat(server.get("/health", headers.toArray(new String[0])).status())
                .isEqualTo(200);
        headers.add("X-62: 1");
        server.get("/health", headers.toArray(new String[0])).problem(431);
    }

    @Test
    void refusesLargeHeaders() throws IOException {
        assertThat(server.get("/health", "X: " + "x".repeat(8000)).status()).isEqualTo(200);
        server.get("/health", "X: " + "x".repeat(8192)).problem(431);
        server.get("/health", "Cookie: " + "x".repeat(4096), "Cookie: " + "y".repeat(4096))
                .problem(431);
    }
}
