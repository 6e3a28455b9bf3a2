package io.smi.cli;

import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's data go: standard output, or a file that appears complete or not at all. The file is written beside
 * its final name, synced and renamed, so that whoever reads it never sees half of it.
 */
final class Output implements Closeable {
    /** More links than this lead in a circle. */
    private static final int MOST_LINKS = 40;

    private final OutputStream stream;
    private final @Nullable Path temporary;
    private final @Nullable Path target;

    private Output(OutputStream stream, @Nullable Path temporary, @Nullable Path target) {
        this.stream = stream;
        this.temporary = temporary;
        this.target = target;
    }

    /** Standard output for null and {@code -}, the thing itself for a device or a pipe, else a file. */
    static Output to(@Nullable String name, Console console) throws IOException {
        if (name == null || name.equals("-")) {
            return new Output(console.out(), null, null);
        }
        Path path = Path.of(name).toAbsolutePath().normalize();
        if (path.startsWith("/dev") || path.startsWith("/proc")) {
            return new Output(direct(path, true), null, null);
        }
        Path target = followed(path);
        if (Files.isDirectory(target)) {
            throw new FileSystemException(name, null, "is a directory");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new Output(direct(target, false), null, null);
        }
        String unique = Long.toHexString(System.nanoTime());
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + unique + ".tmp");
        return new Output(create(temporary, target), temporary, target);
    }

    private static FileOutput direct(Path path, boolean append) throws IOException {
        return FileOutput.of(new FileOutputStream(path.toFile(), append), false);
    }

    /** Where the links of a path lead, to a file or to where one may be made: the links stay as they are. */
    private static Path followed(Path path) throws IOException {
        Path target = path;
        for (int i = 0; i < MOST_LINKS; i++) {
            if (!Files.isSymbolicLink(target)) {
                return target;
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        throw new FileSystemException(path.toString(), null, "leads in a circle");
    }

    /** With the mode of the file that it replaces: what only its owner could read stays so. */
    private static FileOutput create(Path temporary, Path target) throws IOException {
        File file = temporary.toFile();
        if (!file.createNewFile()) {
            throw new FileSystemException(temporary.toString(), null, "is in the way");
        }
        file.deleteOnExit();
        if (Files.exists(target)) {
            var mode = Files.readAttributes(target, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(temporary, mode.permissions());
        }
        return FileOutput.of(new FileOutputStream(file), true);
    }

    void write(byte[] bytes) throws IOException {
        stream.write(bytes);
        stream.flush();
    }

    /** Makes the file appear under its name. */
    void commit() throws IOException {
        if (temporary != null && target != null && stream instanceof FileOutput file) {
            file.sync();
            file.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Drops a file that was not committed. */
    @Override
    public void close() throws IOException {
        if (temporary != null) {
            stream.close();
            Files.deleteIfExists(temporary);
        }
    }
}
