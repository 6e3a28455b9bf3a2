package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PciAddressTest {
    @ParameterizedTest
    @CsvSource({
        "00000000:3B:00.0, 0000:3b:00.0",
        "0000:3B:00.0, 0000:3b:00.0",
        "0000001A:3B:1F.7, 001a:3b:1f.7",
        "00010000:00:00.0, 10000:00:00.0",
        "1A2B3C4D:00:00.0, 1a2b3c4d:00:00.0"
    })
    void isWrittenAsTheKernelDoes(String nvml, String kernel) {
        assertThat(PciAddress.normalize(nvml)).isEqualTo(kernel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3B:00.0", "GPU-1234", ":3b:00.0", "0000:3b:00.00"})
    void isNoOther(String text) {
        assertThat(PciAddress.normalize(text)).isNull();
    }

    @Test
    void versionsOfCudaAndProfilesOfInstances() {
        assertThat(Facts.cuda(12080)).isEqualTo("12.8");
        assertThat(Facts.cuda(11040)).isEqualTo("11.4");
        assertThat(Facts.cuda(0)).isNull();
        assertThat(Partitions.profile("NVIDIA A100-SXM4-40GB MIG 1c.3g.20gb")).isEqualTo("1c.3g.20gb");
        assertThat(Partitions.profile("NVIDIA A100-SXM4-40GB")).isNull();
    }
}
