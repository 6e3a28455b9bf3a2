package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizesTest {
    @ParameterizedTest
    @CsvSource({"64K, 65536", "100M, 104857600", "2G, 2147483648", "999999G, 1073740750258176"})
    void sizesAreInMultiplesOf1024(String text, long bytes) {
        assertThat(new Sizes().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "100", "63K", "0M", "-1M", "1.5G", "1m", "1MB", "1 M", "1000000G", "٣M"})
    void othersAreRefused(String text) {
        assertThatThrownBy(() -> new Sizes().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a number with K, M or G from 64K, such as 100M");
    }
}
