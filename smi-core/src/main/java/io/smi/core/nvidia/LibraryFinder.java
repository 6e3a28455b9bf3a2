package io.smi.core.nvidia;

import io.smi.core.kernel.KernelFiles;
import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where {@code libnvidia-ml.so.1} lies. A test of files only: nothing is loaded to find that there is nothing to load. */
final class LibraryFinder {
    static final String NAME = "libnvidia-ml.so.1";

    /** By distribution; then WSL, the container toolkit, NixOS, and Jetson Linux. */
    private static final List<String> USUAL = List.of(
            "usr/lib/x86_64-linux-gnu",
            "usr/lib/aarch64-linux-gnu",
            "usr/lib64",
            "usr/lib",
            "usr/lib/x86_64-linux-gnu/nvidia/current",
            "usr/lib/aarch64-linux-gnu/nvidia/current",
            "usr/lib64/nvidia",
            "usr/lib/nvidia",
            "usr/lib/wsl/lib",
            "usr/local/nvidia/lib64",
            "usr/local/nvidia/lib",
            "run/opengl-driver/lib",
            "usr/lib/aarch64-linux-gnu/nvidia");

    private final KernelFiles root;
    private final @Nullable String libraryPath;

    /**
     * Looks below this root.
     *
     * @param libraryPath {@code LD_LIBRARY_PATH}, whose folders are this system's own; null when it is not set
     */
    LibraryFinder(KernelFiles root, @Nullable String libraryPath) {
        this.root = root;
        this.libraryPath = libraryPath;
    }

    /** The first of them; null when there is none. */
    @Nullable
    File find() {
        if (libraryPath != null) {
            for (String folder : libraryPath.split(":", -1)) {
                File file = new File(folder, NAME);
                if (!folder.isEmpty() && file.isFile()) {
                    return file;
                }
            }
        }
        for (String folder : USUAL) {
            String path = folder + "/" + NAME;
            if (root.exists(path)) {
                return new File(root.path(path));
            }
        }
        return null;
    }
}
