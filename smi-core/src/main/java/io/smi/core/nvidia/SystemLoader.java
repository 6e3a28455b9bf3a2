package io.smi.core.nvidia;

import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The library of the machine. */
final class SystemLoader implements NvmlSession.Loader {
    private final LibraryFinder finder;

    SystemLoader(LibraryFinder finder) {
        this.finder = finder;
    }

    @Override
    public @Nullable File find() {
        return finder.find();
    }

    @Override
    public Nvml load(File file) throws IOException {
        return NvmlLibrary.load(file);
    }
}
