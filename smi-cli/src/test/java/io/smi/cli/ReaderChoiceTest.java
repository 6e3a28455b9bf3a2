package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class ReaderChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "auto, Linux, LINUX",
        "auto, Mac OS X, OSHI",
        "auto, Windows 11, OSHI",
        "oshi, Linux, OSHI",
        "oshi, Mac OS X, OSHI",
        "linux, Linux, LINUX"
    })
    void eachSystemHasItsOwn(String name, String os, ReaderChoice source) {
        assertThat(ReaderChoice.parse(name, os)).isEqualTo(source);
    }

    @Test
    void linuxIsForLinux() {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> ReaderChoice.parse("linux", "Windows 11"))
                .withMessage("linux is not for Windows 11, auto and oshi are");
    }
}
