package io.smi.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskstatsReaderTest {
    @Test
    void everyKernelsLinesAreRead() throws KernelFormatException {
        assertThat(DiskstatsReader.parse(Cursor.of("""
                   8       1 sda1 100 5 2000 40 200 6 4000 80 0 110 120
                 259       2 nvme0n1p2 11560 5272 1268978 7705 35486 23311 1973560 8502 3 5156 18430 50847 38 808320 2071
                 253       0 dm-0 1 0 8 0 0 0 0 0 0 4 4 0 0 0 0 6541 151
                """)))
                .isEqualTo(Map.of(
                        Disk.number(8, 1), new Disk(2000 * 512, 4000 * 512, 110),
                        Disk.number(259, 2), new Disk(1_268_978L * 512, 1_973_560L * 512, 5156),
                        Disk.number(253, 0), new Disk(8 * 512, 0, 4)));
    }

    @Test
    void numbersOfDevicesAreNotMixedUp() {
        assertThat(Disk.number(8, 1)).isNotEqualTo(Disk.number(1, 8)).isNotEqualTo(Disk.number(0, 8 + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\n",
                "8 1 sda1 100 5 2000 40 200 6 40",
                "8 1 sda1 100 5 2000 40 200 6 4000 80 0 11",
                "8 1 sda1 1 2 3 4\n",
                "8 1 sda1 100 5 2000 40 200 6 4000 80 0 110\n",
            })
    void anythingElseFails(String text) {
        assertThatThrownBy(() -> DiskstatsReader.parse(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }
}
