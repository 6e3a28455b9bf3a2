package io.smi.server.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A client that trusts the test CA, with or without a certificate of its own. */
final class TestTlsClient {
    private final SSLContext context;
    private final int port;

    /** The certificate's name is that of its files; null without one. */
    TestTlsClient(TestServer server, @Nullable String certificate) throws IOException, GeneralSecurityException {
        port = server.port();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca", new Pem(TestFiles.pem("ca.pem"), "ca").certificates().get(0));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys(certificate), factory.getTrustManagers(), null);
    }

    private static KeyManager[] keys(@Nullable String certificate) throws IOException {
        if (certificate == null) {
            return new KeyManager[0];
        }
        Pem pem = new Pem(TestFiles.pem(certificate + ".pem"), certificate);
        Pem key = new Pem(TestFiles.pem(certificate + ".key"), certificate);
        KeyManager manager = ServerIdentity.read(pem, key).keyManagers()[0];
        return new KeyManager[] {new Insistent((X509ExtendedKeyManager) manager)};
    }

    /** A new connection before its handshake. */
    SSLSocket open() throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** A new connection after its handshake, in the given versions or all. */
    SSLSocket connect(String... protocols) throws IOException {
        SSLSocket socket = open();
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    /** Asks on this connection, which stays open; fails when the server has refused the client. */
    static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\nok") < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("closed after: " + answer);
            }
            answer.append((char) c);
        }
        return answer.toString();
    }

    /** Asks on a new connection. */
    String get(String... protocols) throws IOException {
        try (SSLSocket socket = connect(protocols)) {
            return get(socket);
        }
    }

    /** Whom the server says to be on this connection. */
    static String serverName(SSLSocket socket) throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** Shows its certificate even to those who say that they will not trust it. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private static final String ALIAS = "server";
        private final X509ExtendedKeyManager manager;

        Insistent(X509ExtendedKeyManager manager) {
            this.manager = manager;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return manager.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return manager.getPrivateKey(alias);
        }
    }
}
