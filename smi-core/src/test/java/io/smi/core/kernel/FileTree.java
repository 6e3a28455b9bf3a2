package io.smi.core.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files for the tests of one reader, under {@code proc}, {@code sys} and {@code root} of a temporary folder. */
public final class FileTree {
    private final Path folder;

    public FileTree(Path folder) {
        this.folder = folder;
    }

    public Roots roots() {
        return Roots.of(
                folder.resolve("proc").toFile(),
                folder.resolve("sys").toFile(),
                folder.resolve("root").toFile());
    }

    /** Writes a file, in the place of an earlier one. */
    public FileTree file(String path, String text) {
        try {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.writeString(folder.resolve(path), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FileTree folder(String path) {
        try {
            Files.createDirectories(folder.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a symbolic link to a path of this tree. */
    public FileTree link(String path, String target) {
        try {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createSymbolicLink(folder.resolve(path), folder.resolve(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String path) {
        try {
            Files.delete(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
