package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smi.core.kernel.KernelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {
    @Test
    void rangesAndSingleCpus() throws Exception {
        assertThat(CpuList.parse("test", "0-3,8,10-11\n").stream()).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    @Test
    void aListMayBeEmpty() throws Exception {
        assertThat(CpuList.parse("test", "\n").stream()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0-25", "0-\n", "-1\n", "3-2\n", "0,,1\n", "0-1,\n", "zero\n", "0-99999999\n", "7 8\n"})
    void anythingElseIsAComplaint(String text) {
        assertThatExceptionOfType(KernelFormatException.class)
                .isThrownBy(() -> CpuList.parse("test", text))
                .withMessageStartingWith("test: expected a list of CPUs");
    }
}
