package io.smi.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "38.00 W, W, 38",
        "37257088uW, W, 37.257088",
        "1500mW, W, 1.5",
        "103, W, 103",
        "45C, C, 45",
        "40.98°C, C, 40.98",
        "2 GHz, MHz, 2000",
        "512, MiB, 536870912",
        "1KiB, B, 1024",
        "N/A, W, ",
        "-1, C, ",
        "36, furlong, ",
        "36 V, W, ",
        "1e9, W, ",
        "1.2.3, W, ",
        "1001, W, ",
        "'', W, ",
    })
    void aNumberInTheUnitOfItsKey(String text, String unit, @Nullable Double value) {
        Double read = Quantity.of(text, unit, unit.equals("W") ? 1000 : 1e15);
        assertThat(read == null ? null : Double.valueOf(Math.round(read * 1e6) / 1e6))
                .isEqualTo(value);
    }
}
