package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    /** Of "secret", made by htpasswd -nbBC 4. */
    private static final String SECRET = "$2y$04$pLOZ7r1g2yoX4EFSAfz32uCP3TJdLwg7cPPHEgOto8FhIejiHfQtq";

    private static final String USERS = "basic_auth_users: {alice: " + SECRET + ", bob: " + SECRET + "}";
    private static final Set<String> OPEN = Set.of("/", "/health");

    /** Says in which thread it runs. */
    private static final HttpHandler NEXT =
            exchange -> exchange.getResponseSender().send(exchange.isInIoThread() ? "ok" : "other thread");

    private TestFiles files;

    @BeforeEach
    void folder(@TempDir Path folder) {
        files = new TestFiles(folder);
    }

    private BearerToken token() throws IOException {
        return new BearerToken(files.write("token", "s3cret\n"), warning -> {}, files.clock());
    }

    private Authentication chain(WebConfig config, @Nullable BearerToken token) {
        return new Authentication(NEXT, config, token, OPEN::contains, TestServer.REFUSAL);
    }

    private TestServer server(WebConfig config, @Nullable BearerToken token) throws IOException {
        return TestServer.http(chain(config, token));
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutUsersAndTokensAllMayAsk() throws IOException {
        try (TestServer server = server(WebConfig.none(), null)) {
            assertThat(server.get("/snapshot")).endsWith("\r\n\r\nok");
        }
    }

    @Test
    void userPassesInTheIoThreadWithTheRightPasswordOnly() throws IOException {
        try (TestServer server = server(files.config(USERS), null)) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.get("/snapshot", basic("alice:secret"))).endsWith("\r\n\r\nok");
                assertThat(server.get("/snapshot", basic("alice:Secret")))
                        .startsWith("HTTP/1.1 401")
                        .contains("application/problem+json", "user or password is wrong");
                assertThat(server.get("/snapshot", basic("carol:secret"))).startsWith("HTTP/1.1 401");
                assertThat(server.get("/snapshot", basic("alice:"))).startsWith("HTTP/1.1 401");
                assertThat(server.get("/snapshot", basic(":secret"))).startsWith("HTTP/1.1 401");
            }
            assertThat(server.get("/snapshot", basic("bob:secret"))).endsWith("\r\n\r\nok");
            assertThat(server.get("/snapshot", "authorization: basic YWxpY2U6c2VjcmV0"))
                    .endsWith("\r\n\r\nok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic",
                "Authorization: Basic ",
                "Authorization: Basic !!!!",
                "Authorization: Basic YWxpY2U6c2VjcmV0=",
                "Authorization: Basic YWxpY2U=",
                "Authorization: YWxpY2U6c2VjcmV0",
                "Authorization: Bearer YWxpY2U6c2VjcmV0",
                "Authorization: BasicYWxpY2U6c2VjcmV0",
                "Authorization:",
                "Proxy-Authorization: Basic YWxpY2U6c2VjcmV0",
                "Authorization: Basic YWxpY2U6c2VjcmV0\r\nAuthorization: Basic YWxpY2U6c2VjcmV0"
            })
    void malformedCredentialsAreNone(String header) throws IOException {
        try (TestServer server = server(files.config(USERS), null)) {
            assertThat(server.get("/snapshot", header))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Basic realm=\"smi\", charset=\"UTF-8\"\r\n")
                    .doesNotContain("Bearer", "\r\n\r\nok");
        }
    }

    @Test
    void openPathsAndNoOthersNeedNothing() throws IOException {
        try (TestServer server = server(files.config(USERS), null)) {
            assertThat(server.get("/")).endsWith("\r\n\r\nok");
            assertThat(server.get("/health?x")).endsWith("\r\n\r\nok");
            for (String path :
                    new String[] {"/health/", "/health/../snapshot", "//", "/health;x/snapshot", "/metrics"}) {
                assertThat(server.get(path)).as(path).startsWith("HTTP/1.1 401");
            }
        }
    }

    @Test
    void tokenPasses() throws IOException {
        try (TestServer server = server(WebConfig.none(), token())) {
            assertThat(server.get("/snapshot", "Authorization: Bearer s3cret")).endsWith("\r\n\r\nok");
            assertThat(server.get("/snapshot", "authorization: bearer  s3cret "))
                    .endsWith("\r\n\r\nok");
            assertThat(server.get("/snapshot", "Authorization: Bearer other"))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer realm=\"smi\"\r\n", "the token is not valid")
                    .doesNotContain("Basic");
            assertThat(server.get("/snapshot?access_token=s3cret")).startsWith("HTTP/1.1 401");
            assertThat(server.get("/snapshot", "Authorization: Bearer")).startsWith("HTTP/1.1 401");
            assertThat(server.get("/snapshot", basic("alice:secret"))).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void eitherWillDoWhenThereAreBoth() throws IOException {
        try (TestServer server = server(files.config(USERS), token())) {
            assertThat(server.get("/snapshot", "Authorization: Bearer s3cret")).endsWith("\r\n\r\nok");
            assertThat(server.get("/snapshot", basic("alice:secret"))).endsWith("\r\n\r\nok");
            assertThat(server.get("/snapshot"))
                    .startsWith("HTTP/1.1 401")
                    .contains("WWW-Authenticate: Bearer", "WWW-Authenticate: Basic", "credentials are needed");
        }
    }

    @Test
    void unixSocketNeedsNothing() throws IOException {
        try (TestServer server = TestServer.likeUnix(chain(files.config(USERS), token()))) {
            assertThat(server.get("/snapshot")).endsWith("\r\n\r\nok");
        }
    }

    @Test
    void removedUserAndChangedPasswordHoldFromTheNextRequestOn() throws IOException {
        try (TestServer server = server(files.config(USERS), null)) {
            assertThat(server.get("/snapshot", basic("alice:secret"))).endsWith("\r\n\r\nok");
            assertThat(server.get("/snapshot", basic("bob:secret"))).endsWith("\r\n\r\nok");
            files.write(
                    "web.yml",
                    "basic_auth_users: {bob: $2y$04$bzkM4uQ6bcoW4zQLisF3COryja4G2bW.3oEvARogd.lSqJX84Hvn.}\n");
            files.laterOn();
            assertThat(server.get("/snapshot", basic("alice:secret"))).startsWith("HTTP/1.1 401");
            assertThat(server.get("/snapshot", basic("bob:secret"))).startsWith("HTTP/1.1 401");
            assertThat(server.get("/snapshot", basic("bob:other"))).endsWith("\r\n\r\nok");
        }
    }

    @Test
    void manyClientsWithOnePasswordAllPass() throws Exception {
        try (TestServer server = server(files.config(USERS), null);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(clients.submit(() -> server.get("/snapshot", basic("alice:secret"))));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).endsWith("\r\n\r\nok");
            }
        }
    }
}
