package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
    @Test
    void oneNameIsOneSection() {
        assertThat(Section.parse("gpu")).containsExactly(Section.GPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"process,cpu", "cpu,process", " cpu , process ", "cpu,process,cpu,cpu"})
    void orderSpacesAndRepetitionDoNotMatter(String list) {
        assertThat(Section.parse(list)).containsExactly(Section.CPU, Section.PROCESS);
    }

    @Test
    void theKnownNamesAreAllSections() {
        assertThat(Section.parse(Section.NAMES)).containsExactly(Section.values());
    }

    @ParameterizedTest
    @CsvSource({"disk, disk", "'gpu,disk,cpu', disk", "GPU, GPU", "gpus, gpus", "'', ''", "'gpu,', ''", "'gpu,,cpu', ''"
    })
    void anUnknownNameIsRefusedAndTheKnownOnesAreListed(String list, String unknown) {
        assertThatThrownBy(() -> Section.parse(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown section '" + unknown + "', known are gpu,cpu,memory,chassis,process,storage,network");
    }
}
