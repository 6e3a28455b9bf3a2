package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.schema.Storage;
import io.smi.schema.StorageBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oshi.software.os.FileSystem;
import oshi.software.os.OSFileStore;

/**
 * OSHI's local {@code OSFileStore}s: space and inodes. Those of servers are left out, for one that is dead would hold up all
 * others. What their disks read and write is not told: OSHI lists disks in one call with a dozen questions each.
 */
public final class OshiStorageReader implements Reader<List<Storage>> {
    private final FileSystem files;

    OshiStorageReader(FileSystem files) {
        this.files = files;
    }

    @Override
    public List<Storage> read(Problems problems) {
        List<Storage> rows = new ArrayList<>();
        for (OSFileStore store : files.getFileStores(true)) {
            Long total = Known.positive(store.getTotalSpace());
            Long inodes = Known.positive(store.getTotalInodes());
            rows.add(StorageBuilder.builder()
                    .mountPoint(store.getMount())
                    .device(Known.text(store.getVolume()))
                    .fsType(Known.text(store.getType()))
                    .readOnly(isReadOnly(store.getOptions()))
                    .totalBytes(total)
                    .usedBytes(total == null ? null : Known.count(total - store.getFreeSpace()))
                    .availableBytes(Known.count(store.getUsableSpace()))
                    .inodesTotal(inodes)
                    .inodesFree(inodes == null ? null : Known.count(store.getFreeInodes()))
                    .build());
        }
        return rows;
    }

    private static Boolean isReadOnly(String options) {
        List<String> words = List.of(options.toLowerCase(Locale.ROOT).split("[, ]+"));
        return words.contains("ro") || words.contains("read-only");
    }

    /** The rows of its section. */
    public static List<Storage> rows(Readings readings) {
        List<Storage> rows = readings.get(OshiStorageReader.class);
        return rows == null ? List.of() : rows;
    }
}
