package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--password",
                "PASSWORD",
                "DB_PASSWORD",
                "dbPassword",
                "PGPASSWORD",
                "MYSQL_ROOT_PASSWORD",
                "spring.datasource.password",
                "passwd",
                "Pwd",
                "userpwd",
                "-storepass",
                "--pass",
                "DB_PASS",
                "--passphrase",
                "--secret",
                "CLIENT_SECRET",
                "SECRET_KEY_BASE",
                "--token",
                "GITHUB_TOKEN",
                "GITHUB_TOKEN_2",
                "accessToken",
                "tokenValue",
                "authtoken",
                "--api-key",
                "apikey",
                "API_KEY",
                "X-Api-Key",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_ACCESS_KEY_ID",
                "private_key",
                "AccountKey",
                "SharedAccessKey",
                "encryption-key",
                "--credentials",
                "--auth",
                "auth-key",
                "Authorization",
                "Proxy-Authorization",
                "PRIVATE-TOKEN",
                "X-Auth-Token",
                "Cookie",
                "X-Amz-Signature",
                "sig",
                "jwt",
                "-passin"
            })
    void isASecrets(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--",
                "--port",
                "user",
                "--author",
                "AUTHORITY",
                "XAUTHORITY",
                "--tokenizer",
                "--tokenizer-mode",
                "--max-tokens",
                "max_new_tokens",
                "--max-num-batched-tokens",
                "--password-file",
                "PASSWORD_FILE",
                "--token-auth-file",
                "--authorization-mode",
                "--password-stdin",
                "--no-password",
                "--ask-become-pass",
                "--bypass",
                "SSH_AUTH_SOCK",
                "OLDPWD",
                "--key",
                "keyboard",
                "--monkey",
                "--design",
                "--cookie-jar",
                "--password-store"
            })
    void isNoSecrets(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }
}
