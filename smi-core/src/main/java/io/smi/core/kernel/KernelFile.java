package io.smi.core.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    /**
     * The JDK tells every failed open alike, so the kernel is asked again why. Not by {@link File#exists}, to which a
     * file in a folder that may not be searched is as good as missing.
     */
    private static FileSystemException whyNotOpened(File file) {
        String name = file.getPath();
        Path path = file.toPath();
        try {
            path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
        } catch (NoSuchFileException e) {
            return new NoSuchFileException(name, null, "no such file");
        } catch (AccessDeniedException e) {
            return new AccessDeniedException(name, null, "permission denied");
        } catch (FileSystemException e) {
            return e;
        } catch (IOException e) {
            return new FileSystemException(name, null, e.getMessage());
        }
        return new FileSystemException(name, null, file.isDirectory() ? "is a directory" : "cannot be opened");
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
