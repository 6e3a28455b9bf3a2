package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** One mounted file system: one row of {@code storage}. */
@Built
public record Storage(
        @Key("Where it is mounted.") String mountPoint,
        @Key("What is mounted.") @Nullable String device,
        @Key("ext4, xfs, nfs4 ...") @Nullable String fsType,
        @Key("Whether it is mounted read-only.") @Nullable Boolean readOnly,
        @Key("Size.") @Nullable Long totalBytes,
        @Key("In use.") @Nullable Long usedBytes,
        @Key("Free for users other than root.") @Nullable Long availableBytes,

        @Key(value = "Inodes; null for file systems without a fixed number.", unit = "inodes") @Nullable
        Long inodesTotal,

        @Key(value = "Inodes not in use.", unit = "inodes") @Nullable
        Long inodesFree,

        @Key("Read from the device since boot.") @Nullable Long readBytesTotal,
        @Key("Written to the device since boot.") @Nullable Long writtenBytesTotal,

        @Key("Read from the device over the window.") @Nullable
        Long readBytesPerSecond,

        @Key("Written to the device over the window.") @Nullable
        Long writtenBytesPerSecond,

        @Key("Share of the window in which the device had work.") @Nullable
        Double busyPercent,

        @Key("Temperature of the drive.") @Nullable Double temperatureCelsius)
        implements Row {
    public Storage {
        busyPercent = Values.percent(busyPercent);
        temperatureCelsius = Values.number(temperatureCelsius);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.text("mount_point", mountPoint);
        out.text("device", device);
        out.text("fs_type", fsType);
        out.flag("read_only", readOnly);
        out.number("total_bytes", totalBytes);
        out.number("used_bytes", usedBytes);
        out.number("available_bytes", availableBytes);
        out.number("inodes_total", inodesTotal);
        out.number("inodes_free", inodesFree);
        out.number("read_bytes_total", readBytesTotal);
        out.number("written_bytes_total", writtenBytesTotal);
        out.number("read_bytes_per_second", readBytesPerSecond);
        out.number("written_bytes_per_second", writtenBytesPerSecond);
        out.number("busy_percent", busyPercent);
        out.number("temperature_celsius", temperatureCelsius);
    }
}
