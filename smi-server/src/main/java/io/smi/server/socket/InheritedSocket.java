package io.smi.server.socket;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket that is this process' standard input, as systemd hands one over with
 * {@code StandardInput=socket} and {@code Accept=no}.
 *
 * <p>It stays open until the process ends: it is systemd's, its file too, and the JDK would turn standard output and
 * error to /dev/null with it.
 */
public final class InheritedSocket {
    private static final Path STDIN = Path.of("/proc/self/fd/0");

    private InheritedSocket() {}

    /** The socket, Unix or internet, or null when standard input is anything else. */
    public static @Nullable ServerSocketChannel channel() throws IOException {
        return isSocket() && System.inheritedChannel() instanceof ServerSocketChannel listening ? listening : null;
    }

    /** Looks before the JDK does, who would open /dev/null for good first. */
    private static boolean isSocket() {
        try {
            return Files.readSymbolicLink(STDIN).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // standard input is closed
        }
    }
}
