package io.smi.server.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketModeTest {
    @ParameterizedTest
    @CsvSource({"0660, 432", "660, 432", "0777, 511", "000, 0", "0007, 7"})
    void readsThreeOctalDigits(String text, int bits) {
        assertThat(SocketMode.parse(text).bits()).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "66", "0o660", "00660", "1777", "0888", "rw-rw----", " 660", "-660", "+660", "٦٦٠"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketMode.parse(text))
                .withMessage("not an octal mode like 0660: " + text);
    }

    @Test
    void prints() {
        assertThat(SocketMode.DEFAULT).hasToString("0660");
        assertThat(new SocketMode(07)).hasToString("0007");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 01000})
    void holdsPermissionsOnly(int bits) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SocketMode(bits));
    }
}
