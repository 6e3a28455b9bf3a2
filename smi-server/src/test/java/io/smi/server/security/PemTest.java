package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    private static Pem pem(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(TestFiles.pem(name));
        }
        return new Pem(text.toString(), "key.pem");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pem, rsa.key",
        "rsa.pem, rsa-pkcs1.key",
        "ec.pem, ec.key",
        "ec.pem, ec-sec1.key",
        "ec.pem, ec-with-parameters.key",
        "ec384.pem, ec384.key",
        "ec384.pem, ec384-sec1.key",
        "ed25519.pem, ed25519.key"
    })
    void everyKindOfKeyIsReadAndBelongsToItsCertificate(String certificate, String key) throws WebConfigException {
        assertThat(ServerIdentity.read(pem(certificate), pem(key)).chain()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ec.pem, renewed.key", "rsa.pem, ec.key", "ec.pem, ec384.key", "ed25519.pem, rsa-pkcs1.key"})
    void anotherKeyIsRefused(String certificate, String key) {
        assertThatThrownBy(() -> ServerIdentity.read(pem(certificate), pem(key)))
                .isInstanceOf(WebConfigException.class)
                .hasMessageStartingWith("key.pem: not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted.key", "encrypted-pkcs1.key"})
    void encryptedKeysNameTheCure(String key) {
        assertThatThrownBy(() -> pem(key).privateKey("RSA"))
                .isInstanceOf(WebConfigException.class)
                .hasMessageContaining("encrypted")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void chainKeepsItsOrderAndWhatElseIsInTheFileIsPassedOver() throws WebConfigException {
        assertThat(pem("ec.key", "ec.pem", "ca.pem").certificates())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=smi test ec", "CN=smi test CA");
        assertThat(pem("ec.pem", "ec.key").privateKey("EC").getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void emptyTextIsRefused() {
        Pem empty = new Pem("", "cert.pem");
        assertThatThrownBy(empty::certificates).hasMessage("cert.pem: holds no PEM certificate");
        assertThatThrownBy(() -> empty.privateKey("EC")).hasMessage("cert.pem: holds no PEM private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"????", "AAAA", "MHcCAQEE", "MA==", "MH8=", "MISAgICA", "MIT/////", ""})
    void damagedBlocksAreOneLine(String base64) {
        for (String label : new String[] {"CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            Pem damaged = new Pem("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n", "x");
            assertThatThrownBy(() -> {
                        if (label.equals("CERTIFICATE")) {
                            damaged.certificates();
                        } else {
                            damaged.privateKey("EC");
                        }
                    })
                    .isInstanceOf(WebConfigException.class)
                    .hasMessageStartingWith("x: ");
        }
    }
}
