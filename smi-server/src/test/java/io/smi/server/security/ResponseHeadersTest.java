package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseHeadersTest {
    @Test
    void contentIsNeverSniffed() throws IOException {
        try (TestServer server = TestServer.http(new ResponseHeaders(TestServer.OK, WebConfig.none()))) {
            assertThat(server.get("/")).contains("X-Content-Type-Options: nosniff\r\n");
        }
    }

    @Test
    void configuredHeadersAreSetAndChange(@TempDir Path folder) throws IOException {
        TestFiles files = new TestFiles(folder);
        WebConfig config = files.config("http_server_config: {headers: {X-Frame-Options: deny}}");
        try (TestServer server = TestServer.http(new ResponseHeaders(TestServer.OK, config))) {
            assertThat(server.get("/")).contains("X-Frame-Options: deny\r\n", "X-Content-Type-Options: nosniff\r\n");
            files.write("web.yml", "http_server_config: {headers: {Strict-Transport-Security: max-age=5}}\n");
            files.laterOn();
            assertThat(server.get("/"))
                    .contains("Strict-Transport-Security: max-age=5\r\n")
                    .doesNotContain("X-Frame-Options");
        }
    }

    @Test
    void routeThatSetsOneItselfWins(@TempDir Path folder) throws IOException {
        WebConfig config = new TestFiles(folder)
                .config("http_server_config: {headers: {Content-Security-Policy: default-src 'none'}}");
        HttpString policy = new HttpString("Content-Security-Policy");
        try (TestServer server = TestServer.http(new ResponseHeaders(
                exchange -> {
                    exchange.getResponseHeaders().put(policy, "script-src 'self'");
                    TestServer.OK.handleRequest(exchange);
                },
                config))) {
            assertThat(server.get("/"))
                    .contains("Content-Security-Policy: script-src 'self'\r\n")
                    .doesNotContain("default-src");
        }
    }
}
