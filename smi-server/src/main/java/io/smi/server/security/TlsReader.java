package io.smi.server.security;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls_server_config}: the keys and names of Go, made into what Java's TLS understands. */
final class TlsReader {
    private static final List<String> KEYS = List.of(
            "cert",
            "cert_file",
            "key",
            "key_file",
            "client_auth_type",
            "client_ca",
            "client_ca_file",
            "client_allowed_sans",
            "min_version",
            "max_version",
            "cipher_suites",
            "prefer_server_cipher_suites",
            "curve_preferences");

    /** Oldest first. Java refuses what is older. */
    private static final List<String> VERSIONS = List.of("TLS12", "TLS13");

    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private static final Map<String, String> CURVES = Map.of(
            "CurveP256", "secp256r1",
            "CurveP384", "secp384r1",
            "CurveP521", "secp521r1",
            "X25519", "x25519");

    private final YamlMap section;
    private final Path configFile;
    private final WatchedFiles files;

    /**
     * Of one file.
     *
     * @param configFile relative names are looked for beside it
     */
    TlsReader(YamlMap section, Path configFile, WatchedFiles files) {
        this.section = section;
        this.configFile = configFile;
        this.files = files;
    }

    Tls read() throws WebConfigException {
        section.allowOnly(KEYS);
        ClientAuth clientAuth = clientAuth();
        SSLContext context = context(new ClientTrust(authorities(clientAuth), allowedNames(clientAuth)));
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(protocols());
        parameters.setCipherSuites(cipherSuites(context));
        parameters.setUseCipherSuitesOrder(section.flag("prefer_server_cipher_suites", true));
        parameters.setNamedGroups(namedGroups());
        if (clientAuth.required()) {
            parameters.setNeedClientAuth(true);
        } else if (clientAuth.asked()) {
            parameters.setWantClientAuth(true);
        }
        return new Tls(context, parameters, clientAuth);
    }

    private SSLContext context(ClientTrust trust) throws WebConfigException {
        Pem certificate = pem("cert");
        Pem key = pem("key");
        if (certificate == null) {
            throw section.wrong("cert_file", "is missing");
        }
        if (key == null) {
            throw section.wrong("key_file", "is missing");
        }
        KeyManager[] keys = ServerIdentity.read(certificate, key).keyManagers();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new WebConfigException(configFile + ": TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private ClientAuth clientAuth() throws WebConfigException {
        String name = section.text("client_auth_type");
        ClientAuth clientAuth = name == null ? ClientAuth.NONE : ClientAuth.of(name);
        if (clientAuth == null) {
            throw section.wrong("client_auth_type", "must be one of " + String.join(", ", ClientAuth.labels()));
        }
        return clientAuth;
    }

    /** The CAs that must have signed a client's certificate; empty when nobody must. */
    private List<X509Certificate> authorities(ClientAuth clientAuth) throws WebConfigException {
        Pem ca = pem("client_ca");
        if (ca == null && clientAuth.verified()) {
            throw section.wrong("client_ca_file", "is missing: who must have signed the clients' certificates?");
        }
        if (ca != null && !clientAuth.verified()) {
            throw section.wrong(
                    "client_ca_file", "needs client_auth_type RequireAndVerifyClientCert or VerifyClientCertIfGiven");
        }
        return ca == null ? List.of() : ca.certificates();
    }

    private List<String> allowedNames(ClientAuth clientAuth) throws WebConfigException {
        List<String> names = section.list("client_allowed_sans");
        if (!names.isEmpty() && !clientAuth.required()) {
            throw section.wrong(
                    "client_allowed_sans", "needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert");
        }
        return names;
    }

    /** The content of {@code key}, or of the file that {@code key_file} names; null when neither is there. */
    private @Nullable Pem pem(String key) throws WebConfigException {
        String text = section.text(key);
        String name = section.text(key + "_file");
        if (text != null && name != null) {
            throw section.wrong(key, "and " + key + "_file exclude each other");
        }
        if (text != null) {
            return new Pem(text, configFile + ": " + key);
        }
        if (name == null) {
            return null;
        }
        try {
            Path file = configFile.resolveSibling(name);
            return new Pem(files.text(file), file.toString());
        } catch (InvalidPathException e) {
            throw section.wrong(key + "_file", "is no file name");
        }
    }

    private String[] protocols() throws WebConfigException {
        int min = version("min_version", 0);
        int max = version("max_version", VERSIONS.size() - 1);
        if (min > max) {
            throw section.wrong("min_version", "is above max_version");
        }
        return PROTOCOLS.subList(min, max + 1).toArray(String[]::new);
    }

    private int version(String key, int otherwise) throws WebConfigException {
        String name = section.text(key);
        int version = name == null ? otherwise : VERSIONS.indexOf(name);
        if (version < 0) {
            throw section.wrong(key, "must be " + String.join(" or ", VERSIONS));
        }
        return version;
    }

    /**
     * Null for Java's own choice. Go's list speaks of TLS 1.2 only, so the suites of TLS 1.3 join it, unless it names
     * some of them.
     */
    private String @Nullable [] cipherSuites(SSLContext context) throws WebConfigException {
        List<String> names = section.list("cipher_suites");
        if (names.isEmpty()) {
            return null;
        }
        List<String> supported =
                Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        List<String> suites = new ArrayList<>(names);
        for (String name : names) {
            if (!supported.contains(name)) {
                throw section.wrong("cipher_suites", "names " + name + "; known are " + String.join(", ", supported));
            }
        }
        if (names.stream().noneMatch(TlsReader::isTls13)) {
            suites.addAll(0, supported.stream().filter(TlsReader::isTls13).toList());
        }
        return suites.toArray(String[]::new);
    }

    /** The older ones name the key exchange too, before a WITH. */
    private static boolean isTls13(String suite) {
        return suite.startsWith("TLS_") && !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
    }

    /** Null for Java's own choice. */
    private String @Nullable [] namedGroups() throws WebConfigException {
        List<String> groups = new ArrayList<>();
        for (String name : section.list("curve_preferences")) {
            String group = CURVES.get(name);
            if (group == null) {
                throw section.wrong(
                        "curve_preferences",
                        "names " + name + "; known are " + String.join(", ", new TreeSet<>(CURVES.keySet())));
            }
            groups.add(group);
        }
        return groups.isEmpty() ? null : groups.toArray(String[]::new);
    }
}
