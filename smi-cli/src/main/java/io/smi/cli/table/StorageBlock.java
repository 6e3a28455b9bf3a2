package io.smi.cli.table;

import io.smi.cli.text.Human;
import io.smi.schema.Storage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Mounted file systems: how full they are, and what their devices do. */
final class StorageBlock {
    private StorageBlock() {}

    static void print(Sheet sheet, List<Storage> mounts) {
        sheet.end();
        sheet.bold("    MOUNTED AT             TYPE     FULL      SIZE    READ/s   WRITE/s    BUSY")
                .end();
        for (Storage mount : mounts) {
            sheet.to(4).fit(mount.mountPoint(), 26).to(27);
            sheet.fit(Objects.requireNonNullElse(mount.fsType(), Human.UNKNOWN), 33);
            sheet.right(Human.percent(full(mount)), 40).right(Human.bytes(mount.totalBytes()), 50);
            sheet.right(Human.bytes(mount.readBytesPerSecond()), 60);
            sheet.right(Human.bytes(mount.writtenBytesPerSecond()), 70);
            sheet.right(Human.percent(mount.busyPercent()), 78).end();
        }
    }

    private static @Nullable Double full(Storage mount) {
        Long used = mount.usedBytes();
        Long total = mount.totalBytes();
        return used == null || total == null || total == 0 ? null : Double.valueOf(Math.min(100, 100.0 * used / total));
    }
}
