package io.smi.record.write;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How much more a disk takes. */
interface FreeSpace {
    /** How many bytes this process may still write; null when the file system does not tell. */
    @Nullable
    Long bytes();

    /** That of the file system of this file. */
    static FreeSpace around(Path file) {
        FileStore store;
        try {
            store = Files.getFileStore(file);
            if (store.getTotalSpace() == 0) {
                return () -> null;
            }
        } catch (IOException e) {
            return () -> null;
        }
        return () -> {
            try {
                return store.getUsableSpace();
            } catch (IOException e) {
                return null;
            }
        };
    }
}
