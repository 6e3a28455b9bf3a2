package io.smi.record.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular file that this process alone writes. The kernel drops the lock as soon as this process closes the file anywhere:
 * nothing else here may open it.
 */
final class LockedFile implements Closeable {
    /** Readable by the group; the umask may take more away. Frames may hold command lines. */
    private static final String MODE = "rw-r-----";

    private static final Set<OpenOption> EXISTING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final FileChannel channel;

    private LockedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes a file, and makes its name survive a crash of the machine; null when there is something of this name. */
    static @Nullable LockedFile create(Path path) throws RecordingException {
        return create(path, PosixFilePermissions.fromString(MODE));
    }

    /** The same with a mode, of which the umask may take something away. */
    static @Nullable LockedFile create(Path path, Set<PosixFilePermission> mode) throws RecordingException {
        try {
            LockedFile file = locked(path, FileChannel.open(path, NEW, PosixFilePermissions.asFileAttribute(mode)));
            syncFolder(path);
            return file;
        } catch (FileAlreadyExistsException e) {
            return null;
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Opens a file that is there. A link is not followed: whoever may write the folder could lead it to any file. */
    static LockedFile existing(Path path) throws RecordingException {
        checkRegular(path);
        try {
            return locked(path, FileChannel.open(path, EXISTING));
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Refuses what is there, or would be followed elsewhere, and is no file that could be written. */
    static void checkRegular(Path path) throws RecordingException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw failure(path, e);
        }
        if (attributes.isSymbolicLink()) {
            throw new RecordingException(path + ": is a symbolic link, which is not followed");
        } else if (!attributes.isRegularFile()) {
            throw new RecordingException(path + ": is not a regular file");
        }
    }

    private static LockedFile locked(Path path, FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // By this process: told like one by another.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new FileSystemException(path.toString(), null, "is being written by another process");
        }
        return new LockedFile(path, channel);
    }

    /** Not all file systems can do that, and not all folders may be read: then the file is as safe as they make it. */
    static void syncFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // As told above.
            }
        }
    }

    /** What went wrong with this file, for the user. */
    static RecordingException failure(Path path, IOException e) {
        return e instanceof RecordingException told ? told : new RecordingException(path + ": " + reason(path, e), e);
    }

    private static String reason(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            Path folder = path.toAbsolutePath().getParent();
            return folder == null || Files.isDirectory(folder) ? "no such file" : "no such directory: " + folder;
        } else if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
