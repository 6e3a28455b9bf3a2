package io.smi.core.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read again and again: kept open and read from its start into the same buffer, which takes half the
 * time of opening it anew and leaves no garbage. Not for two threads at once.
 */
public final class KernelFile implements Closeable {
    private final File file;
    private final FileOpener opener;
    private final TextBuffer buffer;
    private final boolean onePiece;
    private FileOpener.@Nullable Handle handle;

    KernelFile(File file, FileOpener opener, TextBuffer buffer, boolean onePiece) {
        this.file = file;
        this.opener = opener;
        this.buffer = buffer;
        this.onePiece = onePiece;
    }

    /** The file's path. */
    public String path() {
        return file.getPath();
    }

    /**
     * The text as it is now. The cursor is good until the next call, of any file with the same buffer.
     *
     * @throws NoSuchFileException when there is no such file
     * @throws AccessDeniedException when it may not be read
     * @throws FileSystemException when it cannot be opened for another reason
     * @throws IOException when it cannot be read; the next call opens it anew
     */
    public Cursor read() throws IOException {
        try {
            FileOpener.Handle open = handle;
            if (open == null) {
                open = opener.open(file);
                handle = open;
            } else {
                open.rewind();
            }
            return buffer.fill(file.getPath(), open, onePiece);
        } catch (FileNotFoundException e) {
            throw whyNotOpened(file);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            close();
            throw new IOException(file.getPath() + ": " + e.getMessage(), e);
        }
    }

    /** The JDK tells every failed open alike, so look again why. */
    private static FileSystemException whyNotOpened(File file) {
        String path = file.getPath();
        if (!file.exists()) {
            return new NoSuchFileException(path, null, "no such file");
        }
        if (file.isDirectory()) {
            return new FileSystemException(path, null, "is a directory");
        }
        return file.canRead()
                ? new FileSystemException(path, null, "cannot be opened")
                : new AccessDeniedException(path, null, "permission denied");
    }

    @Override
    public void close() throws IOException {
        FileOpener.Handle open = handle;
        handle = null;
        if (open != null) {
            open.close();
        }
    }
}
