package io.smi.core.kernel;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * A file of procfs that tells each process something else, by the namespaces that it is in: of a host that is looked at from
 * a container, what its first process is told.
 */
public final class HostFile {
    private final KernelFile own;
    private final @Nullable KernelFile first;

    /**
     * A file of this procfs.
     *
     * @param own its path for the process that reads
     * @param isHost whether that process is in the host's own namespaces
     * @param first its path for the host's first process
     */
    public HostFile(KernelFiles proc, String own, boolean isHost, String first) {
        this.own = proc.file(own);
        this.first = isHost ? null : proc.file(first);
    }

    /**
     * Reads it: the first process' where that is wanted, and not hidden as other users' processes can be.
     *
     * @return null when there is no such file
     */
    public @Nullable Cursor read() throws IOException {
        if (first != null) {
            try {
                return first.read();
            } catch (NoSuchFileException e) {
                // Then one's own, which is better than nothing.
            }
        }
        try {
            return own.read();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
