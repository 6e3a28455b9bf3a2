package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.hwmon.Chip;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackageTemperatureTest {
    private static final List<Integer> ONE = List.of(0);
    private static final List<Integer> TWO = List.of(0, 1);

    private static final Chip AIR = chip("acpitz", null, 27.8);
    private static final Chip DISK = chip("nvme", "nvme0", "Composite", 41.9);
    private static final Chip WIFI = chip("iwlwifi_1", null, 55.0);

    @Test
    void coretempNamesThePackage() {
        Chip first = chip("coretemp", "coretemp.0", "Package id 0", 61.0, "Core 0", 63.0);
        Chip second = chip("coretemp", "coretemp.1", "Core 0", 50.0, "Package id 1", 48.0);
        assertThat(PackageTemperature.of(List.of(second, AIR, first), TWO)).isEqualTo(Map.of(0, 61.0, 1, 48.0));
    }

    @Test
    void theWarmestDieSpeaksForThePackage() {
        Chip first = chip("coretemp", "coretemp.0", "Package id 0", 61.0);
        Chip second = chip("coretemp", "coretemp.1", "Package id 0", 64.0);
        assertThat(PackageTemperature.of(List.of(first, second), ONE)).isEqualTo(Map.of(0, 64.0));
    }

    @Test
    void oldKernelsNameThePackageOtherwise() {
        assertThat(PackageTemperature.of(List.of(chip("coretemp", "coretemp.0", "Physical id 0", 44.0)), ONE))
                .isEqualTo(Map.of(0, 44.0));
    }

    @Test
    void tdieGoesBeforeTctlAndNeverTccd() {
        Chip threadripper = chip("k10temp", "0000:00:18.3", "Tctl", 95.0, "Tdie", 68.0, "Tccd1", 70.0);
        assertThat(PackageTemperature.of(List.of(threadripper), ONE)).isEqualTo(Map.of(0, 68.0));
        Chip epyc = chip("k10temp", "0000:00:18.3", "Tctl", 51.5, "Tccd1", 47.0);
        assertThat(PackageTemperature.of(List.of(epyc), ONE)).isEqualTo(Map.of(0, 51.5));
        assertThat(PackageTemperature.of(List.of(chip("zenpower", "0000:00:18.3", "Tdie", 40.0)), ONE))
                .isEqualTo(Map.of(0, 40.0));
    }

    @Test
    void amdNodesBelongToPackagesInTheOrderOfTheirDevices() {
        Chip first = chip("k10temp", "0000:00:18.3", "Tctl", 40.0);
        Chip second = chip("k10temp", "0000:00:19.3", "Tctl", 50.0);
        assertThat(PackageTemperature.of(List.of(second, first), TWO)).isEqualTo(Map.of(0, 40.0, 1, 50.0));
    }

    @Test
    void aPackageOfFourNodesIsAsWarmAsTheWarmest() {
        List<Chip> chips = new ArrayList<>();
        for (int node = 0; node < 8; node++) {
            chips.add(chip("k10temp", "0000:00:1" + Integer.toHexString(8 + node) + ".3", "Tctl", 40.0 + node));
        }
        assertThat(PackageTemperature.of(chips, TWO)).isEqualTo(Map.of(0, 43.0, 1, 47.0));
    }

    @Test
    void oneSensorForTwoPackagesIsNobodys() {
        assertThat(PackageTemperature.of(List.of(chip("k10temp", "0000:00:18.3", "Tctl", 40.0)), TWO))
                .isEmpty();
    }

    @Test
    void processorsBeforeZenHaveNoLabels() {
        assertThat(PackageTemperature.of(List.of(AIR, chip("k10temp", "0000:00:18.3", null, 33.5)), ONE))
                .isEqualTo(Map.of(0, 33.5));
    }

    @Test
    void boardsNameTheirZones() {
        for (String name : List.of("cpu_thermal", "cpu-thermal", "cpu0_thermal", "soc_thermal", "package_thermal")) {
            assertThat(PackageTemperature.of(List.of(AIR, chip(name, null, 48.3)), ONE))
                    .as(name)
                    .isEqualTo(Map.of(0, 48.3));
        }
    }

    @Test
    void ofSeveralClustersTheWarmestCounts() {
        List<Chip> rock5b = List.of(
                chip("package_thermal", null, 60.0),
                chip("gpu_thermal", null, 70.0),
                chip("littlecore_thermal", null, 44.0),
                chip("bigcore0_thermal", null, 46.2),
                chip("bigcore2_thermal", null, 45.3));
        assertThat(PackageTemperature.of(rock5b, ONE)).isEqualTo(Map.of(0, 46.2));
        List<Chip> snapdragon = List.of(chip("cpuss0_thermal", null, 38.0), chip("cpuss1_thermal", null, 39.0));
        assertThat(PackageTemperature.of(snapdragon, ONE)).isEqualTo(Map.of(0, 39.0));
    }

    @Test
    void aLaptopsOwnSensorIsTheLastResort() {
        Chip dell = chip("dell_smm", null, "CPU", 52.0, "Ambient", 30.0);
        Chip lenovo = chip("thinkpad", "thinkpad_hwmon", "CPU", 51.0, "GPU", 0.0);
        assertThat(PackageTemperature.of(List.of(AIR, dell), ONE)).isEqualTo(Map.of(0, 52.0));
        assertThat(PackageTemperature.of(List.of(AIR, lenovo), ONE)).isEqualTo(Map.of(0, 51.0));
        assertThat(PackageTemperature.of(List.of(dell, chip("coretemp", "coretemp.0", "Package id 0", 58.0)), ONE))
                .isEqualTo(Map.of(0, 58.0));
    }

    @Test
    void sensorsOfOtherThingsAreNotTheProcessors() {
        assertThat(PackageTemperature.of(List.of(AIR, DISK, WIFI), ONE)).isEmpty();
        assertThat(PackageTemperature.of(List.of(), ONE)).isEmpty();
        assertThat(PackageTemperature.of(List.of(chip("cpu_thermal", null, 48.3)), TWO))
                .isEmpty();
    }

    private static Chip chip(String name, @Nullable String device, double celsius) {
        return chip(name, device, null, celsius);
    }

    private static Chip chip(String name, @Nullable String device, @Nullable Object... labelsAndDegrees) {
        List<Temperature> temperatures = new ArrayList<>();
        for (int i = 0; i < labelsAndDegrees.length; i += 2) {
            temperatures.add(
                    new Temperature(name, (String) labelsAndDegrees[i], (Double) labelsAndDegrees[i + 1], null, null));
        }
        return new Chip(name, device, temperatures, List.of(), List.of());
    }
}
