package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.util.Headers;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGateTest {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.http(gate());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HostGate gate() {
        return new HostGate(
                TestServer.OK, List.of("Node1.Cluster.Example", "grafana-proxy", "0.0.0.0"), TestServer.REFUSAL);
    }

    private String withHost(String host) throws IOException {
        return server.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:9090",
                "LOCALHOST",
                "localhost.",
                "localhost.:9090",
                "127.0.0.1",
                "127.0.0.1:9090",
                "192.0.2.1:80",
                "[::1]",
                "[::1]:9090",
                "[2001:db8::7]:9090",
                "[::ffff:c000:201]",
                "node1.cluster.example",
                "NODE1.cluster.example.:1234",
                "grafana-proxy"
            })
    void ownNamesAndAddressesPass(String host) throws IOException {
        assertThat(withHost(host)).startsWith("HTTP/1.1 200").endsWith("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:9090",
                "localhost.evil.example",
                "evil-localhost",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io",
                "node1",
                "cluster.example",
                "node1.cluster.example..",
                "sub.grafana-proxy"
            })
    void anyOtherNameIsMisdirected(String host) throws IOException {
        assertThat(withHost(host))
                .startsWith("HTTP/1.1 421")
                .contains("application/problem+json", host)
                .doesNotEndWith("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost@evil.example",
                "evil.example@localhost",
                "localhost:80@evil.example",
                "evil.example#localhost",
                "evil.example/localhost",
                "evil.example\\localhost",
                "localhost,evil.example",
                "[::1]evil.example",
                "[::1",
                "::1",
                "[localhost]",
                "[127.0.0.1.evil.example]",
                "localhost:x",
                "localhost:",
                "localhost:9090.evil.example",
                "*"
            })
    void tricksAreRefused(String host) throws IOException {
        assertThat(withHost(host)).containsPattern("^HTTP/1.1 4(00|21) ").doesNotEndWith("ok");
    }

    @Test
    void severalHostsAreRefused() throws IOException {
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void hostInTheRequestLineCannotDiffer() throws IOException {
        for (String request : List.of(
                "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET http://evil.example?http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(server.raw(request))
                    .containsPattern("^HTTP/1.1 4(00|21) ")
                    .doesNotEndWith("ok");
        }
        assertThat(server.raw("GET http://localhost:9090/ HTTP/1.1\r\nHost: localhost:9090\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void http10NeedsNoHostButHttp11Does() throws IOException {
        assertThat(server.raw("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200");
        assertThat(server.raw("GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.0 421");
        assertThat(server.raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void emptyHostIsRefused() throws IOException {
        assertThat(withHost("")).containsPattern("^HTTP/1.1 4(00|21) ");
    }

    @Test
    void unixSocketIsExempt() throws IOException {
        try (TestServer unix = TestServer.likeUnix(gate())) {
            assertThat(unix.raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(unix.raw("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200");
        }
    }

    @Test
    void refusalKeepsHeadersSetBefore() throws IOException {
        HostGate gate = gate();
        try (TestServer before = TestServer.http(exchange -> {
            exchange.getResponseHeaders().put(Headers.SERVER, "first");
            gate.handleRequest(exchange);
        })) {
            assertThat(before.raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 421")
                    .contains("Server: first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "https://example.org", "a/b", "user@host", "*", "*.example.org", "a b", "[::1]"})
    void whatIsNoHostNameIsRefusedAtTheStart(String name) {
        assertThatThrownBy(() -> new HostGate(TestServer.OK, List.of(name), TestServer.REFUSAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a host name: '" + name + "'");
    }
}
