package io.smi.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Readings;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.HwmonReader;
import io.smi.schema.Storage;
import io.smi.schema.Temperature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageRowsTest {
    private static final long SECONDS_2 = 2_000_000_000L;
    private static final Mount ROOT =
            new Mount("/", "/dev/sda1", "ext4", false, 1L, "../devices/0:0:0:0/block/sda/sda1");
    private static final Space SPACE = new Space(100L, 60L, 35L, 1000L, 900L);

    @Test
    void aMountHasItsSpaceAndTheCountersOfItsDevice() {
        Storage row = row(
                Map.of(1L, new Disk(1000, 5000, 100)),
                Map.of(1L, new Disk(3000, 5001, 600), 2L, new Disk(9, 9, 9)),
                new MountedSpace(ROOT, SPACE),
                List.of());
        assertThat(row)
                .isEqualTo(new Storage(
                        "/",
                        "/dev/sda1",
                        "ext4",
                        false,
                        100L,
                        60L,
                        35L,
                        1000L,
                        900L,
                        3000L,
                        5001L,
                        1000L,
                        1L,
                        25.0,
                        null));
    }

    @Test
    void aDeviceThatCountsAnewHasNoRate() {
        Storage row = row(
                Map.of(1L, new Disk(1000, 5000, 100)),
                Map.of(1L, new Disk(10, 5, 1)),
                new MountedSpace(ROOT, SPACE),
                List.of());
        assertThat(row.readBytesTotal()).isEqualTo(10);
        assertThat(row.readBytesPerSecond()).isNull();
        assertThat(row.busyPercent()).isNull();
    }

    @Test
    void aMountThatDoesNotAnswerKeepsItsCounters() {
        Storage row = row(Map.of(), Map.of(1L, new Disk(10, 5, 1)), new MountedSpace(ROOT, null), List.of());
        assertThat(row.totalBytes()).isNull();
        assertThat(row.readBytesTotal()).isEqualTo(10);
    }

    @Test
    void aFileSystemThatHoldsNothingIsLeftOut() {
        Space nothing = new Space(0L, 0L, 0L, null, null);
        assertThat(StorageRows.of(Readings.of(
                        Map.of(), Map.of(MountReader.class, List.of(new MountedSpace(ROOT, nothing))), SECONDS_2)))
                .isEmpty();
    }

    @Test
    void theTemperatureIsThatOfTheDrivesOwnChip() {
        Chip other = chip("drivetemp", "1:0:0:0", new Temperature("drivetemp", null, 50.0, null, null));
        Chip host = chip("acpitz", "0:0:0:0", new Temperature("acpitz", null, 60.0, null, null));
        Chip own = chip("drivetemp", "0:0:0:0", new Temperature("drivetemp", null, 31.0, null, null));
        MountedSpace mounted = new MountedSpace(ROOT, SPACE);
        assertThat(row(Map.of(), Map.of(), mounted, List.of(other, host, own)).temperatureCelsius())
                .isEqualTo(31.0);
        assertThat(row(Map.of(), Map.of(), mounted, List.of(other, host)).temperatureCelsius())
                .isNull();
    }

    @Test
    void ofAnNvmeDriveItIsThatOfTheWhole() {
        Mount nvme = new Mount("/", "/dev/nvme0n1p2", "xfs", false, 1L, "../nvme/nvme0/nvme0n1/nvme0n1p2");
        Temperature sensor = new Temperature("nvme", "Sensor 1", 70.0, null, null);
        Temperature whole = new Temperature("nvme", "Composite", 40.0, null, null);
        MountedSpace mounted = new MountedSpace(nvme, SPACE);
        assertThat(row(Map.of(), Map.of(), mounted, List.of(chip("nvme", "nvme0", sensor, whole)))
                        .temperatureCelsius())
                .isEqualTo(40.0);
        assertThat(row(Map.of(), Map.of(), mounted, List.of(chip("nvme", "nvme0", sensor)))
                        .temperatureCelsius())
                .isNull();
        assertThat(row(Map.of(), Map.of(), mounted, List.of(chip("nvme", "nvme01", whole)))
                        .temperatureCelsius())
                .isNull();
    }

    private static Chip chip(String name, String device, Temperature... temperatures) {
        return new Chip(name, device, List.of(temperatures), List.of(), List.of());
    }

    private static Storage row(Map<Long, Disk> before, Map<Long, Disk> now, MountedSpace mounted, List<Chip> chips) {
        return StorageRows.of(Readings.of(
                        Map.of(DiskstatsReader.class, before),
                        Map.of(
                                DiskstatsReader.class, now,
                                MountReader.class, List.of(mounted),
                                HwmonReader.class, chips),
                        SECONDS_2))
                .getFirst();
    }
}
