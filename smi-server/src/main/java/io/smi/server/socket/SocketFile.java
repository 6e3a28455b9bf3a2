package io.smi.server.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A listening Unix socket and its file, from the bind to the removal. The file appears under its name at once with the
 * right mode and group, in place of a stale one if there is one; anything else there is left alone.
 */
public final class SocketFile implements AutoCloseable {
    /**
     * What the JDK connects to, one less than the kernel does. A longer one could be made, but the next starter could
     * not tell whether it is stale.
     */
    private static final int MAX_PATH_BYTES = 106;

    /** A client that finds the queue full fails at once, unlike with TCP, so it is long. */
    private static final int BACKLOG = 1024;

    /** Another starter is done in milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    private final Path path;
    private final ServerSocketChannel channel;
    private final Object fileKey;

    private SocketFile(Path path, ServerSocketChannel channel, Object fileKey) {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /**
     * Binds a socket to this path and listens.
     *
     * @param group name or number of the group that the file is given to, null for the one it gets by itself
     * @throws BindException with one line for the user, which names the path
     */
    public static SocketFile bind(Path path, SocketMode mode, @Nullable String group) throws BindException {
        Path file = path.toAbsolutePath();
        try {
            Path parent = file.getParent();
            if (parent == null) {
                throw refusal(file, "exists and is not a socket");
            }
            if (!Files.isDirectory(parent)) {
                throw refusal(file, "no such directory: " + parent);
            }
            checkLength(file, Staging.socket(parent));
            try (Staging staging = Staging.enter(parent, PATIENCE)) {
                checkReplaceable(file);
                return place(file, staging.socket(), mode, group);
            }
        } catch (IOException e) {
            BindException failed = new BindException(file + ": " + reason(file, e));
            failed.initCause(e);
            throw failed;
        }
    }

    private static void checkLength(Path file, Path staged) throws IOException {
        int bytes = Math.max(
                file.toString().getBytes(StandardCharsets.UTF_8).length,
                staged.toString().getBytes(StandardCharsets.UTF_8).length);
        if (bytes > MAX_PATH_BYTES) {
            throw refusal(file, "the path is %d bytes too long for a socket".formatted(bytes - MAX_PATH_BYTES));
        }
    }

    /** Passes when there is nothing, or a socket that nobody listens on. */
    private static void checkReplaceable(Path file) throws IOException {
        int mode;
        try {
            mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if ((mode & FILE_TYPE) != SOCKET_TYPE) {
            throw refusal(file, "exists and is not a socket");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false); // a full backlog means a live server too, but would block
            probe.connect(UnixDomainSocketAddress.of(file));
        } catch (ConnectException e) {
            return;
        } catch (SocketException e) {
            throw refusal(file, "in use by a running server, it seems: " + e.getMessage());
        }
        throw refusal(file, "in use by a running server");
    }

    private static SocketFile place(Path file, Path staged, SocketMode mode, @Nullable String group)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(staged), BACKLOG);
            if (group != null) {
                setGroup(file, staged, group);
            }
            Files.setAttribute(staged, "unix:mode", mode.bits());
            SocketFile placed = new SocketFile(file, channel, fileKey(staged));
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
            return placed;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void setGroup(Path file, Path staged, String name) throws IOException {
        try {
            GroupPrincipal group =
                    staged.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            Files.getFileAttributeView(staged, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            throw refusal(file, "no such group: " + name);
        } catch (FileSystemException e) {
            throw refusal(file, "cannot be given to group " + name + ": " + reason(staged, e));
        }
    }

    private static Object fileKey(Path file) throws IOException {
        return Objects.requireNonNull(Files.getAttribute(file, "unix:fileKey", LinkOption.NOFOLLOW_LINKS));
    }

    private static FileSystemException refusal(Path file, String reason) {
        return new FileSystemException(file.toString(), null, reason);
    }

    /** What went wrong, without the file's name where that is said anyway. */
    private static String reason(Path file, IOException e) {
        if (!(e instanceof FileSystemException failure)) {
            return String.valueOf(e.getMessage());
        }
        String reason = failure.getReason();
        if (reason == null) {
            reason = failure instanceof AccessDeniedException
                    ? "permission denied"
                    : failure.getClass().getSimpleName();
        }
        boolean named =
                file.toString().equals(failure.getFile()) || file.toString().equals(failure.getOtherFile());
        return named ? reason : failure.getFile() + ": " + reason;
    }

    /** The listening socket. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** The absolute path of the file. */
    public Path path() {
        return path;
    }

    /**
     * Removes the file if it is still the one made here, then closes the listening socket: in this order, since a
     * successor replaces only the file of a closed one. Connections live on.
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen() && fileKey.equals(fileKey(path))) {
                Files.delete(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody removed it before.
        }
    }
}
