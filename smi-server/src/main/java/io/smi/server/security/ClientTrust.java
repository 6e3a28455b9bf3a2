package io.smi.server.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges client certificates: signed by the CA, when there is one, and for an allowed name, when names are given. */
final class ClientTrust extends X509ExtendedTrustManager {
    /** The kinds of subject alternative names that can be allowed, by their numbers in RFC 5280. */
    private static final Set<Object> KINDS = Set.of(1, 2, 6, 7); // e-mail, DNS, URI, IP

    private final @Nullable X509ExtendedTrustManager authority;
    private final Set<String> allowedNames;

    /**
     * A judge.
     *
     * @param authorities who must have signed a certificate; empty to take any
     * @param allowedNames of which a certificate must have one; empty to take any
     */
    ClientTrust(List<X509Certificate> authorities, List<String> allowedNames) {
        this.authority = authorities.isEmpty() ? null : verifier(authorities);
        this.allowedNames = allowedNames.stream().map(ClientTrust::canonical).collect(Collectors.toUnmodifiableSet());
    }

    private static X509ExtendedTrustManager verifier(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry("ca" + store.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java has PKCS12 and PKIX", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (authority != null) {
            authority.checkClientTrusted(chain, authType, engine);
        }
        checkName(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("engines only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("engines only");
    }

    private void checkName(X509Certificate certificate) throws CertificateException {
        if (allowedNames.isEmpty()) {
            return;
        }
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (KINDS.contains(name.get(0)) && allowedNames.contains(canonical(String.valueOf(name.get(1))))) {
                return;
            }
        }
        throw new CertificateException("no name of the client certificate is in client_allowed_sans");
    }

    /** Java and people write IPv6 addresses differently. */
    private static String canonical(String name) {
        try {
            return InetAddress.ofLiteral(name).getHostAddress();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** The CAs that a client is told to choose its certificate by. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority == null ? new X509Certificate[0] : authority.getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("clients only");
    }
}
