package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {
    private static final String HASH = "$2y$04$q3BaghDKlr3Ie/7ksMQvvuxDzgGB8DkWNZXpElC6EJkajO1pqvcpC";

    private TestFiles files;

    @BeforeEach
    void certificates(@TempDir Path folder) throws IOException {
        files = new TestFiles(folder);
        files.copy("ec.pem", "server.pem");
        files.copy("ec.key", "server.key");
        files.copy("ca.pem", "ca.pem");
    }

    private void assertRefused(String message, String... lines) {
        assertThatThrownBy(() -> files.config(lines))
                .isInstanceOf(WebConfigException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(files.path("").toString())
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    private void assertTlsRefused(String message, String line) {
        assertRefused(message, "tls_server_config:", "  cert_file: server.pem", "  key_file: server.key", "  " + line);
    }

    @Test
    void everyKeyOfTheFormatIsKnown() throws IOException {
        WebConfig config = files.config(
                "tls_server_config:",
                "  cert_file: server.pem",
                "  key_file: server.key",
                "  client_auth_type: RequireAndVerifyClientCert",
                "  client_ca_file: ca.pem",
                "  client_allowed_sans: [client.example]",
                "  min_version: TLS12",
                "  max_version: TLS13",
                "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]",
                "  prefer_server_cipher_suites: true",
                "  curve_preferences: [CurveP256, X25519]",
                "http_server_config:",
                "  http2: true",
                "  headers:",
                "    Content-Security-Policy: default-src 'self'",
                "    Strict-Transport-Security: max-age=31536000",
                "    X-Content-Type-Options: nosniff",
                "    X-Frame-Options: deny",
                "    X-XSS-Protection: ''",
                "basic_auth_users:",
                "  alice: " + HASH,
                "  007: " + HASH,
                "rate_limit:",
                "  interval: 1m0.5s",
                "  burst: 20");
        assertThat(config.sslContext()).isNotNull();
        assertThat(config.authenticates()).isTrue();
        assertThat(config.current().headers()).hasSize(4);
        assertThat(config.current().users()).containsExactly(Map.entry("alice", HASH), Map.entry("007", HASH));
        assertThat(config.current().rate()).isEqualTo(new RateLimit.Rate(60_500_000_000L, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing", "tls_server_config: {}", "basic_auth_users:", "rate_limit: {interval: 0s}"})
    void emptyFilesAskForNothing(String text) throws IOException {
        WebConfig config = files.config(text);
        assertThat(config.current()).isEqualTo(WebSettings.NONE);
        assertThat(config.sslContext()).isNull();
        assertThat(config.authenticates()).isFalse();
    }

    @Test
    void certificateAndKeyCanStandInTheFile() throws IOException {
        WebConfig config = files.config(
                "tls_server_config:",
                "  cert: |",
                TestFiles.pem("ec.pem").indent(4).stripTrailing(),
                "  key: |",
                TestFiles.pem("ec.key").indent(4).stripTrailing());
        assertThat(config.sslContext()).isNotNull();
    }

    @Test
    void unknownKeysAreRefusedWithThoseThatAreKnown() {
        assertRefused(
                "unknown key tls_config; known are basic_auth_users, http_server_config, rate_limit, tls_server_config",
                "tls_config: {}");
        assertTlsRefused("unknown key tls_server_config.cert_fle; known are cert, cert_file, ", "cert_fle: x");
        assertRefused("unknown key http_server_config.headers.Server", "http_server_config:", "  headers: {Server: x}");
        assertRefused("unknown key rate_limit.per", "rate_limit: {per: 1s}");
    }

    @Test
    void whatIsNoYamlNamesItsPlace() {
        assertRefused("web.yml:2:14: ", "tls_server_config:", "  cert_file: ]");
        assertRefused("web.yml: holds no keys", "- a list");
        assertRefused("web.yml:2:", "rate_limit: {}", "rate_limit: {}");
        assertRefused("tls_server_config must have keys below it", "tls_server_config: yes");
        assertRefused("must be true or false", "http_server_config: {http2: maybe}");
        assertTlsRefused("tls_server_config.cert must be one text", "cert: [a]");
        assertTlsRefused("cipher_suites must be a list", "cipher_suites: x");
        assertTlsRefused("cipher_suites must be a list of texts", "cipher_suites: [[x]]");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> WebConfig.read(files.path("none.yml"), files.warnings::add))
                .isInstanceOf(WebConfigException.class)
                .hasMessage(files.path("none.yml") + ": no such file");
        assertRefused("gone.pem: no such file", "tls_server_config: {cert_file: gone.pem, key_file: server.key}");
        assertRefused("key_file is missing", "tls_server_config: {cert_file: server.pem}");
        assertRefused("cert_file is missing", "tls_server_config: {min_version: TLS13}");
        assertRefused("is no file name", "tls_server_config: {cert_file: \"a\\0b\", key_file: server.key}");
        Files.write(files.path("latin.pem"), new byte[] {(byte) 0xe4});
        assertRefused("latin.pem: not UTF-8 text", "tls_server_config: {cert_file: latin.pem, key_file: server.key}");
    }

    @Test
    void tlsThatCannotBeIsRefused() {
        assertTlsRefused("min_version must be TLS12 or TLS13", "min_version: TLS11");
        assertTlsRefused("max_version must be TLS12 or TLS13", "max_version: TLS10");
        assertRefused(
                "min_version is above max_version",
                "tls_server_config: {cert_file: server.pem, key_file: server.key, min_version: TLS13, max_version: TLS12}");
        assertTlsRefused("names TLS_RSA_WITH_RC4_128_SHA; known are TLS_", "cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]");
        assertTlsRefused("names P256; known are CurveP256, CurveP384, CurveP521, X25519", "curve_preferences: [P256]");
        assertTlsRefused("cert and cert_file exclude each other", "cert: x");
    }

    @Test
    void clientCertificatesThatWouldNotBeVerifiedAreRefused() {
        assertTlsRefused(
                "must be one of NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven,"
                        + " RequireAndVerifyClientCert",
                "client_auth_type: Require");
        assertTlsRefused("client_ca_file is missing", "client_auth_type: RequireAndVerifyClientCert");
        assertTlsRefused("client_ca_file needs client_auth_type", "client_ca_file: ca.pem");
        assertTlsRefused("client_allowed_sans needs client_auth_type", "client_allowed_sans: [a]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "$2x$04$q3BaghDKlr3Ie/7ksMQvvuxDzgGB8DkWNZXpElC6EJkajO1pqvcpC",
                "$2y$03$q3BaghDKlr3Ie/7ksMQvvuxDzgGB8DkWNZXpElC6EJkajO1pqvcpC",
                "$2y$32$q3BaghDKlr3Ie/7ksMQvvuxDzgGB8DkWNZXpElC6EJkajO1pqvcpC",
                "$2y$04$q3BaghDKlr3Ie/7ksMQvvuxDzgGB8DkWNZXpElC6EJkajO1pqvcp",
                "''"
            })
    void passwordsMustBeHashed(String password) {
        assertRefused("basic_auth_users.alice is no bcrypt hash", "basic_auth_users: {alice: " + password + "}");
    }

    @Test
    void userNamesThatBasicCannotCarryAreRefused() {
        assertRefused("is no user name", "basic_auth_users: {'a:b': " + HASH + "}");
        assertRefused("is no user name", "basic_auth_users: {'': " + HASH + "}");
        assertRefused("a b is no bcrypt hash", "basic_auth_users: {\"a\\nb\": x}");
    }

    @Test
    void headersTakeOnlyTheirValues() {
        assertRefused("must be deny or sameorigin", "http_server_config: {headers: {X-Frame-Options: allow}}");
        assertRefused(
                "must be one line",
                "http_server_config: {headers: {Content-Security-Policy: \"a\\r\\nSet-Cookie: b\"}}");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "x, 1", "-1s, 1", "1s2, 1", "99999999h, 1", "1s, 0", "1s, x", "1s, -1", "2500000h, 2000000000"})
    void ratesThatAreNoneAreRefused(String interval, String burst) {
        assertRefused("rate_limit.", "rate_limit: {interval: " + interval + ", burst: " + burst + "}");
    }

    @Test
    void changedFileHoldsAfterASecond() throws IOException {
        WebConfig config = files.config("basic_auth_users: {alice: " + HASH + "}");
        files.write("web.yml", "basic_auth_users: {bob: " + HASH + "}\n");
        assertThat(config.current().users()).containsOnlyKeys("alice");
        files.laterOn();
        assertThat(config.current().users()).containsOnlyKeys("bob");
        assertThat(files.warnings).isEmpty();
    }

    @Test
    void brokenFileLeavesTheOldOneInForceAndIsToldOnce() throws IOException {
        WebConfig config = files.config("basic_auth_users: {alice: " + HASH + "}");
        files.write("web.yml", "basic_auth_users: {bob: secret}\n");
        for (int i = 0; i < 3; i++) {
            files.laterOn();
            assertThat(config.current().users()).containsOnlyKeys("alice");
        }
        assertThat(files.warnings)
                .singleElement()
                .asString()
                .contains("web.yml: basic_auth_users.bob is no bcrypt hash")
                .contains("what was read before stays in force");
        files.write("web.yml", "basic_auth_users: {bob: " + HASH + "}\n");
        files.laterOn();
        assertThat(config.current().users()).containsOnlyKeys("bob");
        assertThat(files.warnings).hasSize(1);
    }

    @Test
    void missingFileLeavesTheOldOneInForceUntilItIsBack() throws IOException {
        WebConfig config = files.config("basic_auth_users: {alice: " + HASH + "}");
        Files.delete(files.path("web.yml"));
        files.laterOn();
        assertThat(config.current().users()).containsOnlyKeys("alice");
        files.laterOn();
        assertThat(config.current().users()).containsOnlyKeys("alice");
        assertThat(files.warnings).singleElement().asString().contains("web.yml: no such file");
        files.write("web.yml", "basic_auth_users: {bob: " + HASH + "}\n");
        files.laterOn();
        assertThat(config.current().users()).containsOnlyKeys("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "basic_auth_users:\n", "basic_auth_users: {}"})
    void halfWrittenFileOpensNoDoor(String text) throws IOException {
        WebConfig config = files.config("basic_auth_users: {alice: " + HASH + "}");
        files.write("web.yml", text);
        files.laterOn();
        assertThat(config.current().users()).containsOnlyKeys("alice");
        assertThat(files.warnings).singleElement().asString().contains("basic_auth_users went");
    }

    @Test
    void clientCertificatesStayRequired() throws IOException {
        String server = "tls_server_config: {cert_file: server.pem, key_file: server.key";
        WebConfig config =
                files.config(server + ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.pem}");
        files.write("web.yml", server + "}");
        files.laterOn();
        assertThat(config.authenticates()).isTrue();
        assertThat(files.warnings).singleElement().asString().contains("RequireAndVerifyClientCert went");
    }

    @Test
    void certificateWithoutItsKeyWaitsForTheKey() throws IOException {
        WebConfig config = files.config("tls_server_config: {cert_file: server.pem, key_file: server.key}");
        Tls before = config.current().tls();
        files.copy("renewed.pem", "server.pem");
        files.laterOn();
        assertThat(config.current().tls()).isSameAs(before);
        assertThat(files.warnings).singleElement().asString().contains("server.key: not the key of");
        files.copy("renewed.key", "server.key");
        files.laterOn();
        assertThat(config.current().tls()).isNotNull().isNotSameAs(before);
    }

    @Test
    void tlsCannotComeOrGo() throws IOException {
        WebConfig config = files.config("tls_server_config: {cert_file: server.pem, key_file: server.key}");
        files.write("web.yml", "");
        files.laterOn();
        assertThat(config.current().tls()).isNotNull();
        assertThat(files.warnings).singleElement().asString().contains("needs a restart");
    }
}
