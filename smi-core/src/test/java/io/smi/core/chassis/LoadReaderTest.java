package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import io.smi.schema.LoadAverage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadReaderTest {
    @Test
    void hasThreeAverages() throws KernelFormatException {
        assertThat(LoadReader.parse(Cursor.of("5.02 4.87 14.55 7/1530 482911\n")))
                .isEqualTo(new LoadAverage(5.02, 4.87, 14.55));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "busy\n", "5.02 4.87 1", "5.02 4.87\n"})
    void anythingElseFails(String text) {
        assertThatThrownBy(() -> LoadReader.parse(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }
}
