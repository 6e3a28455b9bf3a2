package io.smi.core.hwmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.hwmon.Chip.PowerMeter;
import io.smi.core.kernel.FileTree;
import io.smi.schema.Fan;
import io.smi.schema.Temperature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HwmonReaderTest {
    private static final String CHIP = "sys/class/hwmon/hwmon0/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private HwmonReader reader;

    @BeforeEach
    void oneChip() {
        tree = new FileTree(folder)
                .file(CHIP + "name", "nct6775\n")
                .file("sys/devices/platform/nct6775.656/power/runtime_status", "unsupported\n")
                .link(CHIP + "device", "sys/devices/platform/nct6775.656");
        reader = new HwmonReader(tree.roots());
    }

    @Test
    void aMachineWithoutSensorsHasNone() throws IOException {
        assertThat(new HwmonReader(new FileTree(folder.resolve("other")).roots()).read(problems))
                .isNull();
    }

    @Test
    void temperaturesComeInTheOrderOfTheirNumbersWithLabelAndLimits() throws IOException {
        input("temp10_input", "45500\n");
        input("temp2_input", "-7250\n");
        input("temp2_label", "Inlet\n");
        input("temp2_max", "80000\n");
        input("temp2_crit", "95000\n");
        assertThat(chip().name()).isEqualTo("nct6775");
        assertThat(chip().device()).isEqualTo("nct6775.656");
        assertThat(chip().temperatures())
                .containsExactly(
                        new Temperature("nct6775", "Inlet", -7.25, 80.0, 95.0),
                        new Temperature("nct6775", null, 45.5, null, null));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void limitsThatAreNoneAreNull() throws IOException {
        input("temp1_input", "40000\n");
        input("temp1_max", "65261850\n");
        input("temp1_crit", "0\n");
        input("temp2_input", "40000\n");
        input("temp2_max", "-273150\n");
        assertThat(chip().temperatures())
                .containsExactly(
                        new Temperature("nct6775", null, 40.0, null, null),
                        new Temperature("nct6775", null, 40.0, null, null));
    }

    @Test
    void temperaturesThatCannotBeAreLeftOut() throws IOException {
        input("temp1_input", "-128000\n");
        input("temp2_input", "0\n");
        input("temp3_input", "65261850\n");
        input("temp4_input", "");
        input("temp5_input", "127000\n");
        input("temp5_fault", "1\n");
        input("temp6_input", "31000\n");
        input("temp6_fault", "0\n");
        assertThat(chip().temperatures()).extracting(Temperature::celsius).containsExactly(31.0);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void garbageIsLeftOutAndTold() throws IOException {
        input("temp1_input", "warm\n");
        assertThat(chip().temperatures()).isEmpty();
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .singleElement()
                .satisfies(message -> assertThat(message).endsWith("temp1_input: expected a number in \"warm\""));
    }

    @Test
    void aFanThatStandsStillHasZeroAndOneThatDoesNotAnswerNull() throws IOException {
        input("fan1_input", "0\n");
        input("fan1_label", "CPU\n");
        input("fan2_input", "65535\n");
        input("fan3_input", "1873\n");
        assertThat(chip().fans())
                .containsExactly(
                        new Fan("nct6775", "CPU", 0), new Fan("nct6775", null, null), new Fan("nct6775", null, 1873));
    }

    @Test
    void powerIsTheInputElseTheAverage() throws IOException {
        input("power1_input", "12500000\n");
        input("power1_average", "99000000\n");
        input("power2_average", "311000000\n");
        input("power2_average_interval", "1000\n");
        input("power3_average", "4294967295000000\n");
        assertThat(chip().powers())
                .containsExactly(new PowerMeter(null, 12.5), new PowerMeter(null, 311.0), new PowerMeter(null, null));
    }

    @Test
    void aSleepingDeviceIsNotRead() throws IOException {
        input("temp1_input", "40000\n");
        tree.file(CHIP + "device/power/runtime_status", "suspended\n");
        assertThat(chip().temperatures()).isEmpty();
        tree.file(CHIP + "device/power/runtime_status", "active\n");
        assertThat(chip().temperatures()).hasSize(1);
    }

    @Test
    void driversOfTheOldKindKeepTheirFilesWithTheDevice() throws IOException {
        tree.delete(CHIP + "name");
        tree.file(CHIP + "device/name", "power_meter\n").file(CHIP + "device/power1_average", "250000000\n");
        assertThat(chip().name()).isEqualTo("power_meter");
        assertThat(chip().powers()).containsExactly(new PowerMeter(null, 250.0));
    }

    @Test
    void aChipThatIsPluggedInIsSeen() throws IOException {
        input("temp1_input", "40000\n");
        assertThat(reader.read(problems)).hasSize(1);
        tree.file("sys/class/hwmon/hwmon1/name", "nvme\n").file("sys/class/hwmon/hwmon1/temp1_input", "36850\n");
        assertThat(reader.read(problems)).extracting(Chip::name).containsExactly("nct6775", "nvme");
    }

    @Test
    void valuesAreReadAnewAndGarbageInALimitIsToldEveryTime() throws IOException {
        input("temp1_input", "40000\n");
        input("temp1_max", "high\n");
        chip();
        input("temp1_input", "41000\n");
        Problems second = new Problems();
        List<Chip> chips = reader.read(second);
        assertThat(chips)
                .singleElement()
                .satisfies(chip -> assertThat(chip.temperatures())
                        .containsExactly(new Temperature("nct6775", null, 41.0, null, null)));
        assertThat(second.list()).hasSize(1);
    }

    private void input(String name, String text) {
        tree.file(CHIP + name, text);
    }

    private Chip chip() throws IOException {
        List<Chip> chips = reader.read(problems);
        assertThat(chips).hasSize(1);
        return chips.get(0);
    }
}
