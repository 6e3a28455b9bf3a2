package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String ALLOW = "Access-Control-Allow-";

    private static TestServer server(String... origins) throws IOException {
        return TestServer.http(new Cors(TestServer.OK, List.of(origins)));
    }

    @Test
    void withoutOriginsNothingIsSaid() throws IOException {
        try (TestServer server = server()) {
            assertThat(server.get("/", "Origin: https://a.example"))
                    .endsWith("ok")
                    .doesNotContain("Access-Control", "Vary");
            assertThat(server.send("OPTIONS", "/", "Origin: https://a.example", "Access-Control-Request-Method: GET"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Access-Control");
        }
    }

    @Test
    void namedOriginMayRead() throws IOException {
        try (TestServer server = server("https://a.example", "http://localhost:3000")) {
            assertThat(server.get("/", "Origin: https://a.example"))
                    .endsWith("ok")
                    .contains(
                            ALLOW + "Origin: https://a.example\r\n",
                            "Vary: Origin\r\n",
                            "Access-Control-Expose-Headers")
                    .doesNotContain("Credentials");
            assertThat(server.get("/", "Origin: http://localhost:3000"))
                    .contains(ALLOW + "Origin: http://localhost:3000\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example.evil.example",
                "https://evil-a.example",
                "https://evil.example/https://a.example",
                "https://sub.a.example",
                "https://a.example:8443",
                "http://a.example",
                "https://A.example",
                "https://a.example/",
                "https://a.example, https://evil.example",
                "null",
                "*"
            })
    void anyOtherOriginMayNot(String origin) throws IOException {
        try (TestServer server = server("https://a.example")) {
            assertThat(server.get("/", "Origin: " + origin))
                    .contains("Vary: Origin\r\n")
                    .doesNotContain("Access-Control");
            assertThat(server.send("OPTIONS", "/", "Origin: " + origin, "Access-Control-Request-Method: GET"))
                    .startsWith("HTTP/1.1 204")
                    .doesNotContain("Access-Control");
        }
    }

    @Test
    void nullOriginCanBeNamed() throws IOException {
        try (TestServer server = server(Cors.NULL_ORIGIN)) {
            assertThat(server.get("/", "Origin: null")).contains(ALLOW + "Origin: null\r\n");
        }
    }

    @Test
    void preflightIsAnsweredWithoutTheRoutes() throws IOException {
        try (TestServer server = server("https://a.example")) {
            assertThat(server.send(
                            "OPTIONS",
                            "/events",
                            "Origin: https://a.example",
                            "Access-Control-Request-Method: GET",
                            "Access-Control-Request-Headers: authorization,last-event-id"))
                    .startsWith("HTTP/1.1 204")
                    .contains(
                            ALLOW + "Origin: https://a.example\r\n",
                            ALLOW + "Methods: GET, HEAD\r\n",
                            ALLOW + "Headers: Accept, Authorization, Cache-Control, Last-Event-ID\r\n",
                            "Access-Control-Max-Age: 600\r\n",
                            "Vary: Origin\r\n")
                    .doesNotContain("Credentials");
        }
    }

    @Test
    void optionsThatIsNoPreflightGoesOn() throws IOException {
        try (TestServer server = server("https://a.example")) {
            assertThat(server.send("OPTIONS", "/", "Origin: https://a.example")).endsWith("ok");
            assertThat(server.send("OPTIONS", "/")).endsWith("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "http://[::1]:3000", "http://192.0.2.1", "tauri://localhost", "null"})
    void originsAsBrowsersWriteThemAreTaken(String origin) throws IOException {
        try (TestServer server = server(origin)) {
            assertThat(server.get("/", "Origin: " + origin)).contains(ALLOW + "Origin: " + origin + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a.example",
                "https://a.example/",
                "https://A.example",
                "HTTPS://a.example",
                "https://a.example:443",
                "http://a.example:80",
                "https://user@a.example",
                "https://a.example?x",
                "https://*.example",
                "file://",
                ""
            })
    void whatNoBrowserSendsIsRefusedAtTheStart(String origin) {
        assertThatThrownBy(() -> new Cors(TestServer.OK, List.of(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("origin");
    }
}
