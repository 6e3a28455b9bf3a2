package io.smi.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PciClassTest {
    @ParameterizedTest
    @CsvSource({
        "0x030000, true, false",
        "0x030200, true, false",
        "0x038000, true, false",
        "0x120000, false, true",
        "0x040300, false, false",
        ", false, false"
    })
    void tellsWhatMayBeAnAccelerator(String kind, boolean display, boolean processing) {
        assertThat(PciClass.isDisplay(kind)).isEqualTo(display);
        assertThat(PciClass.isProcessing(kind)).isEqualTo(processing);
    }
}
