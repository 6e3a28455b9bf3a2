package io.smi.cli;

import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's data go: standard output, or a file that appears complete or not at all. The file is written beside
 * its final name, synced and renamed, so that whoever reads it never sees half of it.
 */
final class Output implements Closeable {
    private final OutputStream stream;
    private final @Nullable File temporary;
    private final @Nullable File target;

    private Output(OutputStream stream, @Nullable File temporary, @Nullable File target) {
        this.stream = stream;
        this.temporary = temporary;
        this.target = target;
    }

    /** Standard output for null and {@code -}, the thing itself for a device or a pipe, else a file. */
    static Output to(@Nullable String path, Console console) throws IOException {
        if (path == null || path.equals("-")) {
            return new Output(console.out(), null, null);
        }
        File target = new File(path);
        if (target.exists()) {
            target = target.getCanonicalFile();
            if (target.isDirectory()) {
                throw new IOException(path + " is a directory");
            }
            if (!target.isFile()) {
                return new Output(new FileOutputStream(target), null, null);
            }
        }
        File temporary = new File(
                target.getAbsoluteFile().getParentFile(),
                "." + target.getName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
        if (!temporary.createNewFile()) {
            throw new IOException(temporary + " is in the way");
        }
        temporary.deleteOnExit();
        return new Output(new FileOutputStream(temporary), temporary, target);
    }

    void write(byte[] bytes) throws IOException {
        stream.write(bytes);
        stream.flush();
    }

    /** Makes the file appear under its name. */
    void commit() throws IOException {
        if (temporary != null && target != null && stream instanceof FileOutputStream file) {
            file.getFD().sync();
            file.close();
            Files.move(temporary.toPath(), target.toPath(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Drops a file that was not committed. */
    @Override
    public void close() throws IOException {
        if (temporary != null) {
            stream.close();
            Files.deleteIfExists(temporary.toPath());
        }
    }
}
