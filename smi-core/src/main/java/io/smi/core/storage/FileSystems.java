package io.smi.core.storage;

import java.io.IOException;

/** Tells how full file systems are. */
@FunctionalInterface
public interface FileSystems {
    /**
     * How full the file system at this path is. Does not come back while its server is silent.
     *
     * @throws java.nio.file.AccessDeniedException when the path may not be searched
     * @throws IOException when it cannot be told
     */
    Space space(String path) throws IOException;
}
