package io.smi.core.storage;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * statvfs(3) of the C library, by JNA, which is loaded when the first file system is asked. The JDK's own calls tell
 * sizes but no inodes.
 */
final class StatvfsLibrary implements FileSystems {
    /** More than the structure has, with any C library of 64 bits, in words of 8 bytes. */
    private static final int WORDS = 32;

    /** The places of f_frsize, f_blocks, f_bfree, f_bavail, f_files and f_ffree. */
    private static final int FRAGMENT = 1;

    private static final int BLOCKS = 2;
    private static final int FREE = 3;
    private static final int AVAILABLE = 4;
    private static final int INODES = 5;
    private static final int INODES_FREE = 6;

    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private final Function statvfs;

    private StatvfsLibrary(Function statvfs) {
        this.statvfs = statvfs;
    }

    /**
     * Of the C library that this process has.
     *
     * @throws IOException when JNA's own library cannot be loaded
     */
    static FileSystems load() throws IOException {
        try {
            return new StatvfsLibrary(NativeLibrary.getProcess().getFunction("statvfs", Function.THROW_LAST_ERROR));
        } catch (LinkageError e) {
            throw new IOException("cannot call statvfs: " + e.getMessage(), e);
        }
    }

    @Override
    public Space space(String path) throws IOException {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        long[] answer = new long[WORDS];
        try {
            statvfs.invokeInt(new Object[] {Arrays.copyOf(bytes, bytes.length + 1), answer});
        } catch (LastErrorException e) {
            throw problem(path, e);
        }
        long fragment = answer[FRAGMENT];
        long blocks = answer[BLOCKS];
        long inodes = answer[INODES];
        return new Space(
                bytes(blocks, fragment),
                bytes(blocks - answer[FREE], fragment),
                bytes(Math.max(0, answer[AVAILABLE]), fragment),
                inodes == 0 ? null : inodes,
                inodes == 0 ? null : answer[INODES_FREE]);
    }

    /** Null where it is beyond the range of a long: what some file systems without a size of their own make up. */
    private static @Nullable Long bytes(long blocks, long fragment) {
        return blocks < 0 || Math.multiplyHigh(blocks, fragment) != 0 || blocks * fragment < 0
                ? null
                : Long.valueOf(blocks * fragment);
    }

    private static FileSystemException problem(String path, LastErrorException e) {
        return switch (e.getErrorCode()) {
            case EACCES -> new AccessDeniedException(path, null, "permission denied");
            case ENOENT -> new NoSuchFileException(path, null, "no such file");
            default -> new FileSystemException(path, null, "statvfs: " + e.getMessage());
        };
    }
}
