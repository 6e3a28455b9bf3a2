package io.smi.core.tegra;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulePowerReaderTest {
    private static final String LINUX = "sys/bus/i2c/drivers/ina3221/1-0040/hwmon/hwmon3/";
    private static final String JETPACK_4 = "sys/bus/i2c/drivers/ina3221x/6-0040/iio:device0/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private ModulePowerReader reader;

    @BeforeEach
    void noMonitor() {
        tree = new FileTree(folder).folder("sys");
        reader = new ModulePowerReader(tree.roots());
    }

    @Test
    void aMachineWithoutMonitors() throws IOException {
        assertThat(reader.read(problems)).isNull();
        tree.folder("sys/bus/i2c/drivers/ina3221").file("sys/bus/i2c/drivers/ina3221/bind", "");
        assertThat(new ModulePowerReader(tree.roots()).read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void withLinuxDriver() throws IOException {
        rail(LINUX, 1, "VDD_IN", "4984", "1520");
        rail(LINUX, 2, "VDD_CPU_GPU_CV", "4984", "408");
        tree.file(LINUX + "in7_label", "sum of shunt voltages\n").file(LINUX + "in7_input", "9640\n");
        assertThat(reader.read(problems)).isEqualTo(7.57568);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void withThatOfJetPack4() throws IOException {
        tree.file(JETPACK_4 + "rail_name_0", "POM_5V_IN\n")
                .file(JETPACK_4 + "in_voltage0_input", "5064\n")
                .file(JETPACK_4 + "in_current0_input", "500\n")
                .file(JETPACK_4 + "in_power0_input", "2532\n")
                .file(JETPACK_4 + "rail_name_1", "POM_5V_GPU\n");
        assertThat(reader.read(problems)).isEqualTo(2.532);
    }

    /** Of AGX Orin, where nothing measures what comes in: a sum of some rails would be too little. */
    @Test
    void somePartsAreNotAll() throws IOException {
        rail(LINUX, 1, "VDD_GPU_SOC", "18792", "140");
        rail(LINUX, 2, "VDD_CPU_CV", "18784", "20");
        rail(LINUX, 3, "VIN_SYS_5V0", "4984", "620");
        assertThat(reader.read(problems)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"4984, -8", "-8, 1520", "0, 1520", "26001, 1", "4984, 100001", "4984, garbage"})
    void isNotKnownWithoutBoth(String millivolt, String milliampere) throws IOException {
        rail(LINUX, 1, "VDD_IN", millivolt, milliampere);
        assertThat(reader.read(problems)).isNull();
    }

    @Test
    void oneThatDrawsNothing() throws IOException {
        rail(LINUX, 1, "VDD_IN", "4984", "0");
        assertThat(reader.read(problems)).isZero();
    }

    private void rail(String chip, int input, String label, String millivolt, String milliampere) {
        tree.file(chip + "in" + input + "_label", label + "\n")
                .file(chip + "in" + input + "_input", millivolt + "\n")
                .file(chip + "curr" + input + "_input", milliampere + "\n");
    }
}
