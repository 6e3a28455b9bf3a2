package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    private TestFiles files;

    @BeforeEach
    void folder(@TempDir Path folder) {
        files = new TestFiles(folder);
    }

    private Path write(String text) throws IOException {
        Path file = files.write("token", text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private BearerToken token(String text) throws IOException {
        return new BearerToken(write(text), files.warnings::add, files.clock());
    }

    @Test
    void onlyTheTokenMatches() throws IOException {
        BearerToken token = token("s3cret\n");
        assertThat(token.matches("s3cret")).isTrue();
        for (String other : new String[] {"", "s3cre", "s3cret2", "S3CRET", "s3cret\n", " s3cret"}) {
            assertThat(token.matches(other)).as(other).isFalse();
        }
        assertThat(files.warnings).isEmpty();
    }

    @Test
    void eachLineIsOneTokenAndCommentsAreNone() throws IOException {
        BearerToken token = token("# for Grafana\r\n  one  \r\n\r\n#two\nthree");
        assertThat(token.matches("one")).isTrue();
        assertThat(token.matches("three")).isTrue();
        assertThat(token.matches("#two")).isFalse();
        assertThat(token.matches("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "   "})
    void fileWithoutATokenIsRefused(String text) {
        assertThatThrownBy(() -> token(text))
                .isInstanceOf(WebConfigException.class)
                .hasMessage(files.path("token") + ": holds no token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "tök", "a\tb"})
    void tokenThatNoHeaderCanCarryIsRefused(String text) {
        assertThatThrownBy(() -> token(text))
                .isInstanceOf(WebConfigException.class)
                .hasMessageEndingWith(": a token must be printable ASCII without blanks");
    }

    @Test
    void missingFileIsRefused() {
        assertThatThrownBy(() -> new BearerToken(files.path("none"), files.warnings::add))
                .isInstanceOf(WebConfigException.class)
                .hasMessage(files.path("none") + ": no such file");
    }

    @ParameterizedTest
    @CsvSource({"rw-------, false", "r--------, false", "rw-r-----, true", "rw-r--r--, true", "rw----r--, true"})
    void filesThatOthersCanReadAreToldOf(String permissions, boolean told) throws IOException {
        Path file = write("s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThat(new BearerToken(file, files.warnings::add).matches("s3cret")).isTrue();
        assertThat(files.warnings).hasSize(told ? 1 : 0).allMatch(warning -> warning.contains("chmod 600"));
    }

    @Test
    void changedFileHoldsAndAnEmptiedOneDoesNot() throws IOException {
        BearerToken token = token("old\n");
        write("new\n");
        files.laterOn();
        assertThat(token.matches("new")).isTrue();
        assertThat(token.matches("old")).isFalse();
        write("");
        files.laterOn();
        assertThat(token.matches("new")).isTrue();
        assertThat(token.matches("")).isFalse();
        assertThat(files.warnings).singleElement().asString().contains("holds no token");
    }
}
