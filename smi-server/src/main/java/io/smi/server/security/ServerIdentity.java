package io.smi.server.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Who the server is.
 *
 * @param chain its certificate, then those that vouch for it
 */
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    /** How each kind of key signs. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    ServerIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both.
     *
     * @throws WebConfigException also when they do not belong together, as in the middle of a renewal
     */
    static ServerIdentity read(Pem certificate, Pem key) throws WebConfigException {
        List<X509Certificate> chain = certificate.certificates();
        PublicKey publicKey = chain.get(0).getPublicKey();
        String signature = SIGNATURES.get(publicKey.getAlgorithm());
        if (signature == null) {
            throw new WebConfigException(certificate.origin() + ": a key of the kind " + publicKey.getAlgorithm()
                    + "; RSA, elliptic curve and Ed25519 are supported");
        }
        PrivateKey privateKey = key.privateKey(publicKey.getAlgorithm());
        if (!belong(privateKey, publicKey, signature)) {
            throw new WebConfigException(key.origin() + ": not the key of " + certificate.origin());
        }
        return new ServerIdentity(chain, privateKey);
    }

    private static boolean belong(PrivateKey privateKey, PublicKey publicKey, String signature) {
        byte[] text = {'s', 'm', 'i'};
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(privateKey);
            signer.update(text);
            Signature verifier = Signature.getInstance(signature);
            verifier.initVerify(publicKey);
            verifier.update(text);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** For an SSL context. */
    KeyManager[] keyManagers() {
        char[] password = new char[0];
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry("server", key, password, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java has a key store", e);
        }
    }
}
