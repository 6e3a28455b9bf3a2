package io.smi.server.metrics;

import io.smi.schema.SnapshotFrame;
import io.smi.schema.Storage;
import java.util.List;

/** {@code storage} as metrics. Rates are left to whoever stores the counters. */
final class StorageMetrics {
    private static final Table<SnapshotFrame, Storage> FACTS = mounts().label("fs", Storage::fsType)
            .info("smi_storage_info", "A mounted file system.")
            .build();

    private static final Table<SnapshotFrame, Storage> STORAGE = mounts().family(
                    "smi_storage_read_only", "1 when mounted read-only.", row -> Value.flag(row.readOnly()))
            .family("smi_storage_total_bytes", "Size of the file system.", Storage::totalBytes)
            .family("smi_storage_used_bytes", "Bytes in use.", Storage::usedBytes)
            .family("smi_storage_available_bytes", "Bytes free for users other than root.", Storage::availableBytes)
            .family("smi_storage_inodes", "Inodes of the file system.", Storage::inodesTotal)
            .family("smi_storage_inodes_free", "Inodes not in use.", Storage::inodesFree)
            .family("smi_storage_read_bytes_total", "Read from the device since boot.", Storage::readBytesTotal)
            .family("smi_storage_written_bytes_total", "Written to the device since boot.", Storage::writtenBytesTotal)
            .family(
                    "smi_storage_busy_ratio",
                    "Share of the window in which the device had work.",
                    row -> Value.ratio(row.busyPercent()))
            .family("smi_storage_temperature_celsius", "Temperature of the drive.", Storage::temperatureCelsius)
            .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(FACTS, STORAGE);

    private StorageMetrics() {}

    private static Table.Builder<SnapshotFrame, Storage> mounts() {
        return Table.of(SnapshotFrame::storage)
                .label("mount_point", Storage::mountPoint)
                .label("device", Storage::device);
    }
}
