package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final String SERVER = "tls_server_config: {cert_file: server.pem, key_file: server.key";
    private static final String VERIFIED = ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.pem";

    private TestFiles files;

    @BeforeEach
    void certificates(@TempDir Path folder) throws IOException {
        files = new TestFiles(folder);
        files.copy("ec.pem", "server.pem");
        files.copy("ec.key", "server.key");
        files.copy("ca.pem", "ca.pem");
    }

    /** A server whose TLS configuration goes on like this. */
    private TestServer server(String more) throws IOException {
        WebConfig config = files.config(SERVER + more + "}");
        return TestServer.https(TestServer.OK, Objects.requireNonNull(config.sslContext()));
    }

    private static String get(TestServer server, @Nullable String certificate) throws Exception {
        return new TestTlsClient(server, certificate).get();
    }

    private static void assertRefused(TestServer server, @Nullable String certificate) throws Exception {
        TestTlsClient client = new TestTlsClient(server, certificate);
        assertThatThrownBy(client::get).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"rsa, TLSv1.2", "rsa, TLSv1.3", "ec, TLSv1.2", "ec, TLSv1.3", "ed25519, TLSv1.2", "ed25519, TLSv1.3"})
    void everyKindOfCertificateServes(String kind, String protocol) throws Exception {
        files.copy(kind + ".pem", "server.pem");
        files.copy(kind + ".key", "server.key");
        try (TestServer server = server("");
                SSLSocket socket = new TestTlsClient(server, null).connect(protocol)) {
            assertThat(TestTlsClient.get(socket)).startsWith("HTTP/1.1 200");
            assertThat(TestTlsClient.serverName(socket)).isEqualTo("CN=smi test " + kind);
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void renewedCertificateServesNewConnectionsWhileOldOnesGoOn() throws Exception {
        try (TestServer server = server("")) {
            TestTlsClient client = new TestTlsClient(server, null);
            try (SSLSocket old = client.connect()) {
                assertThat(TestTlsClient.get(old)).startsWith("HTTP/1.1 200");
                files.copy("renewed.key", "server.key");
                files.copy("renewed.pem", "server.pem");
                files.laterOn();
                try (SSLSocket young = client.connect()) {
                    assertThat(TestTlsClient.get(young)).startsWith("HTTP/1.1 200");
                    assertThat(TestTlsClient.serverName(young)).isEqualTo("CN=smi test renewed");
                }
                assertThat(TestTlsClient.get(old)).startsWith("HTTP/1.1 200");
                assertThat(TestTlsClient.serverName(old)).isEqualTo("CN=smi test ec");
            }
        }
        assertThat(files.warnings).isEmpty();
    }

    @Test
    void brokenCertificateLeavesTheOldOneInForce() throws Exception {
        try (TestServer server = server("")) {
            files.write("server.pem", "");
            files.laterOn();
            assertThat(get(server, null)).startsWith("HTTP/1.1 200");
        }
        assertThat(files.warnings).singleElement().asString().contains("server.pem: holds no PEM certificate");
    }

    /** Java's own client would not even try, so these are the bytes of a hello that offers TLS 1.1. */
    @Test
    void tls11IsRefused() throws Exception {
        String suites = "c009c013002f";
        String body = "0302" + "ab".repeat(32) + "00" + "0006" + suites + "0100";
        String hello = "01" + "%06x".formatted(body.length() / 2) + body;
        String message = "160301" + "%04x".formatted(hello.length() / 2) + hello;
        try (TestServer server = server("");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(message));
            byte[] alert = socket.getInputStream().readNBytes(7);
            assertThat(alert).startsWith(0x15).endsWith(0x02, 0x46); // fatal, protocol_version
        }
    }

    @Test
    void oldestAndNewestVersionHold() throws Exception {
        try (TestServer server = server(", min_version: TLS13")) {
            TestTlsClient client = new TestTlsClient(server, null);
            assertThat(client.get("TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> client.get("TLSv1.2")).isInstanceOf(SSLHandshakeException.class);
        }
        try (TestServer server = server(", max_version: TLS12")) {
            TestTlsClient client = new TestTlsClient(server, null);
            assertThat(client.get("TLSv1.2")).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> client.get("TLSv1.3")).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void cipherSuitesOfTls12LeaveThoseOfTls13() throws Exception {
        String suite = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
        try (TestServer server = server(", cipher_suites: [" + suite + "]")) {
            TestTlsClient client = new TestTlsClient(server, null);
            try (SSLSocket socket = client.connect("TLSv1.2")) {
                assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
            }
            try (SSLSocket socket = client.connect("TLSv1.3")) {
                assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
            }
        }
    }

    @Test
    void onlyPreferredCurvesAreUsed() throws Exception {
        try (TestServer server = server(", curve_preferences: [CurveP384]")) {
            TestTlsClient client = new TestTlsClient(server, null);
            try (SSLSocket same = client.open()) {
                limitTo("secp384r1", same);
                assertThat(TestTlsClient.get(same)).startsWith("HTTP/1.1 200");
            }
            try (SSLSocket other = client.open()) {
                limitTo("x25519", other);
                assertThatThrownBy(other::startHandshake).isInstanceOf(SSLException.class);
            }
        }
    }

    private static void limitTo(String group, SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setNamedGroups(new String[] {group});
        socket.setSSLParameters(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "NoClientCert, true, true, true",
        "RequestClientCert, true, true, true",
        "RequireAnyClientCert, false, true, true",
        "RequireClientCert, false, true, true",
        "VerifyClientCertIfGiven, true, false, true",
        "RequireAndVerifyClientCert, false, false, true"
    })
    void clientCertificates(String type, boolean without, boolean stranger, boolean known) throws Exception {
        String ca = type.contains("Verify") ? ", client_ca_file: ca.pem" : "";
        try (TestServer server = server(", client_auth_type: " + type + ca)) {
            assertAnswers(server, null, without);
            assertAnswers(server, "stranger", stranger);
            assertAnswers(server, "client", known);
        }
    }

    private static void assertAnswers(TestServer server, @Nullable String certificate, boolean expected)
            throws Exception {
        if (expected) {
            assertThat(get(server, certificate)).startsWith("HTTP/1.1 200");
        } else {
            assertRefused(server, certificate);
        }
    }

    @Test
    void certificateMadeForServersIsNoClients() throws Exception {
        try (TestServer server = server(VERIFIED)) {
            assertRefused(server, "renewed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client.example",
                "ops@client.example",
                "spiffe://example/smi",
                "192.0.2.7",
                "2001:db8::7",
                "2001:DB8:0:0:0:0:0:7"
            })
    void namedClientPasses(String name) throws Exception {
        try (TestServer server = server(VERIFIED + ", client_allowed_sans: [other, '" + name + "']")) {
            assertThat(get(server, "client")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "client",
                "example",
                ".client.example",
                "smi test client",
                "192.0.2.70",
                "CLIENT.example"
            })
    void anyOtherClientDoesNot(String name) throws Exception {
        try (TestServer server = server(VERIFIED + ", client_allowed_sans: ['" + name + "']")) {
            assertRefused(server, "client");
        }
    }

    @Test
    void namesHoldForUnverifiedCertificatesToo() throws Exception {
        String any = ", client_auth_type: RequireAnyClientCert, client_allowed_sans: ";
        try (TestServer server = server(any + "[client.example]")) {
            assertThat(get(server, "stranger")).startsWith("HTTP/1.1 200");
        }
        try (TestServer server = server(any + "[other.example]")) {
            assertRefused(server, "stranger");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void oldSessionDoesNotSlipPastNewRules(String protocol) throws Exception {
        try (TestServer server = server("")) {
            TestTlsClient client = new TestTlsClient(server, null);
            assertThat(client.get(protocol)).startsWith("HTTP/1.1 200");
            files.write("web.yml", SERVER + VERIFIED + "}\n");
            files.laterOn();
            assertThatThrownBy(() -> client.get(protocol)).isInstanceOf(IOException.class);
            assertThat(get(server, "client")).startsWith("HTTP/1.1 200");
        }
        assertThat(files.warnings).isEmpty();
    }

    @Test
    void onlyARequiredAndVerifiedCertificateAuthenticates() throws IOException {
        assertThat(files.config(SERVER + VERIFIED + "}").authenticates()).isTrue();
        assertThat(files.config(SERVER + ", client_auth_type: RequireAnyClientCert}")
                        .authenticates())
                .isFalse();
        assertThat(files.config(SERVER + "}").authenticates()).isFalse();
    }
}
