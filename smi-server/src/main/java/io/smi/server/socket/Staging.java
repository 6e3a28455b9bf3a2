package io.smi.server.socket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * A directory that nobody else may enter, beside the socket file to be, and held by one starter at a time: there the
 * socket gets its mode before it gets its name. What a killed starter left is used again, and nothing stays behind.
 *
 * <p>A lock file that is deleted has a trap: who opened it before it was deleted may lock it afterwards, and so may
 * somebody else the next file of that name. So its holder deletes it and then writes a byte into it; whoever locks a
 * file that is not empty opens it anew.
 */
final class Staging implements AutoCloseable {
    private static final int RETRY_MILLIS = 5;

    private final Path lockFile;
    private final FileChannel lock;
    private final Path directory;

    private Staging(Path parent, FileChannel lock) {
        this.lockFile = lockFile(parent);
        this.lock = lock;
        this.directory = directory(parent);
    }

    /**
     * Waits until no other starter is in this directory, and makes the place.
     *
     * @param patience how long to wait
     * @throws IOException when that was not enough, or when the directory may not be written
     */
    static Staging enter(Path parent, Duration patience) throws IOException {
        Staging staging = new Staging(parent, lock(lockFile(parent), System.nanoTime() + patience.toNanos()));
        try {
            staging.removeDirectory();
            var ownerOnly = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(staging.directory, PosixFilePermissions.asFileAttribute(ownerOnly));
            Files.setPosixFilePermissions(staging.directory, ownerOnly); // whatever the umask took away
            return staging;
        } catch (IOException e) {
            staging.leave();
            throw e;
        }
    }

    /** Where the socket is bound; never longer than the path of a name of seven letters beside it. */
    static Path socket(Path parent) {
        return directory(parent).resolve("s");
    }

    private static Path directory(Path parent) {
        return parent.resolve(".smi~");
    }

    private static Path lockFile(Path parent) {
        return parent.resolve(".smi.lock");
    }

    Path socket() {
        return directory.resolve("s");
    }

    private static FileChannel lock(Path file, long deadline) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                if (locks(channel, deadline) && channel.size() == 0) {
                    return channel;
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
            if (System.nanoTime() - deadline >= 0) {
                throw new FileSystemException(file.toString(), null, "another server is starting");
            }
            pause();
        }
    }

    /** Keeps the channel open while it waits: closing any would drop this process' own lock on the file. */
    private static boolean locks(FileChannel channel, long deadline) throws IOException {
        do {
            try {
                if (channel.tryLock() != null) {
                    return true;
                }
            } catch (OverlappingFileLockException e) {
                // Held by another thread of this process, which is the same as by another process.
            }
            pause();
        } while (System.nanoTime() - deadline < 0);
        return false;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another server is starting");
        }
    }

    private void removeDirectory() throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(socket());
            Files.delete(directory);
        }
    }

    private void leave() {
        try (lock) {
            Files.deleteIfExists(lockFile);
            lock.write(ByteBuffer.allocate(1));
        } catch (IOException e) {
            // The next starter uses the file again.
        }
    }

    /** Does not fail: by now the socket is in its place, or the starter has a better reason to give. */
    @Override
    public void close() {
        try {
            removeDirectory();
        } catch (IOException e) {
            // The next starter removes it, or says why not.
        }
        leave();
    }
}
