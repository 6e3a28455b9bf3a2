package io.smi.server.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and private keys in the text form that OpenSSL writes. What is neither is passed over.
 *
 * @param origin what to call the text in a message
 */
record Pem(String text, String origin) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private record Block(String label, String body) {}

    /** All certificates in their order, at least one. */
    List<X509Certificate> certificates() throws WebConfigException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks()) {
            if (block.label.equals("CERTIFICATE")) {
                certificates.add(certificate(der(block)));
            }
        }
        if (certificates.isEmpty()) {
            throw new WebConfigException(origin + ": holds no PEM certificate");
        }
        return certificates;
    }

    private X509Certificate certificate(byte[] der) throws WebConfigException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new WebConfigException(origin + ": damaged CERTIFICATE block", e);
        }
    }

    /**
     * The first private key: PKCS#8, or the older forms of RSA (PKCS#1) and elliptic curves (SEC 1).
     *
     * @param algorithm that of the certificate's key: RSA, EC or EdDSA
     */
    PrivateKey privateKey(String algorithm) throws WebConfigException {
        for (Block block : blocks()) {
            byte[] pkcs8 = pkcs8(block);
            if (pkcs8 != null) {
                return privateKey(pkcs8, algorithm);
            }
        }
        throw new WebConfigException(origin + ": holds no PEM private key");
    }

    /** The private key in this block, null when it holds something else. */
    private byte @Nullable [] pkcs8(Block block) throws WebConfigException {
        return switch (block.label) {
            case "PRIVATE KEY" -> der(block);
            case "RSA PRIVATE KEY" -> Pkcs8.ofRsa(der(unencrypted(block)));
            case "EC PRIVATE KEY" -> Pkcs8.ofEllipticCurve(der(unencrypted(block)), origin);
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
            default -> null;
        };
    }

    private PrivateKey privateKey(byte[] pkcs8, String algorithm) throws WebConfigException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new WebConfigException(origin + ": not an " + algorithm + " key, as the certificate asks for", e);
        }
    }

    /** In the older forms, lines before the key tell that it is encrypted. */
    private Block unencrypted(Block block) throws WebConfigException {
        if (block.body.indexOf(':') >= 0) {
            throw encrypted();
        }
        return block;
    }

    private WebConfigException encrypted() {
        return new WebConfigException(origin + ": the key is encrypted and there is nobody to ask for its password;"
                + " decrypt it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    }

    private byte[] der(Block block) throws WebConfigException {
        try {
            return Base64.getDecoder().decode(block.body);
        } catch (IllegalArgumentException e) {
            throw new WebConfigException(origin + ": damaged " + block.label + " block", e);
        }
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String label = null;
        StringBuilder body = new StringBuilder();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body.setLength(0);
            } else if (label != null && line.equals(END + label + DASHES)) {
                blocks.add(new Block(label, body.toString()));
                label = null;
            } else if (label != null) {
                body.append(line);
            }
        }
        return blocks;
    }
}
