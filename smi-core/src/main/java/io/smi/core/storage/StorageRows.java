package io.smi.core.storage;

import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.HwmonReader;
import io.smi.schema.Storage;
import io.smi.schema.StorageBuilder;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code storage} section. */
public final class StorageRows {
    /** The drivers whose chips are drives. */
    private static final Set<String> DRIVES = Set.of("nvme", "drivetemp");

    /** What NVMe drives call the temperature of the whole; those of the SATA driver have but one, without a name. */
    private static final String WHOLE = "Composite";

    private StorageRows() {}

    /** One row per mount, but for file systems that say they hold nothing, as {@code df} leaves them out. */
    public static List<Storage> of(Readings readings) {
        List<MountedSpace> mounts = readings.get(MountReader.class);
        Map<Long, Disk> disks = readings.get(DiskstatsReader.class);
        Span<Map<Long, Disk>> span = readings.span(DiskstatsReader.class);
        List<Chip> chips = readings.get(HwmonReader.class);
        List<Storage> rows = new ArrayList<>();
        for (MountedSpace mounted : mounts == null ? List.<MountedSpace>of() : mounts) {
            Space space = mounted.space();
            if (space != null && space.totalBytes() != null && space.totalBytes() == 0) {
                continue;
            }
            Mount mount = mounted.mount();
            StorageBuilder row = StorageBuilder.builder()
                    .mountPoint(mount.point())
                    .device(mount.source())
                    .fsType(mount.type())
                    .readOnly(mount.readOnly());
            if (space != null) {
                row.totalBytes(space.totalBytes())
                        .usedBytes(space.usedBytes())
                        .availableBytes(space.availableBytes())
                        .inodesTotal(space.inodes())
                        .inodesFree(space.inodesFree());
            }
            count(row, disks == null ? null : disks.get(mount.disk()));
            rate(row, span, mount.disk());
            row.temperatureCelsius(mount.drive() == null || chips == null ? null : celsius(chips, mount.drive()));
            rows.add(row.build());
        }
        return rows;
    }

    private static void count(StorageBuilder row, @Nullable Disk disk) {
        if (disk != null) {
            row.readBytesTotal(disk.readBytes()).writtenBytesTotal(disk.writtenBytes());
        }
    }

    private static void rate(StorageBuilder row, @Nullable Span<Map<Long, Disk>> span, @Nullable Long number) {
        Disk first = span == null ? null : span.before().get(number);
        Disk last = span == null ? null : span.after().get(number);
        if (span != null && first != null && last != null) {
            row.readBytesPerSecond(span.wholePerSecond(first.readBytes(), last.readBytes()))
                    .writtenBytesPerSecond(span.wholePerSecond(first.writtenBytes(), last.writtenBytes()))
                    .busyPercent(
                            Span.percent(Span.growth(first.busyMillis(), last.busyMillis()), span.seconds() * 1e3));
        }
    }

    private static @Nullable Double celsius(List<Chip> chips, String drive) {
        for (Chip chip : chips) {
            if (DRIVES.contains(chip.name()) && chip.device() != null && drive.contains("/" + chip.device() + "/")) {
                for (Temperature temperature : chip.temperatures()) {
                    if (temperature.label() == null || temperature.label().equals(WHOLE)) {
                        return temperature.celsius();
                    }
                }
            }
        }
        return null;
    }
}
