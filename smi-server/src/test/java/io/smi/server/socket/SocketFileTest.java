package io.smi.server.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    private static final SocketMode MODE = SocketMode.DEFAULT;

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void setPath() {
        path = directory.resolve("smi.sock");
    }

    @Test
    void listensAtThePathWithTheMode() throws IOException {
        try (SocketFile file = SocketFile.bind(path, new SocketMode(0620), null)) {
            assertThat(file.path()).isEqualTo(path);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw--w----");
            assertConnects(path);
            assertThat(names()).containsExactly("smi.sock");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void isFoundFromARelativePath() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(path);
        try (SocketFile file = SocketFile.bind(relative, MODE, null)) {
            assertThat(file.path()).isAbsolute();
            assertConnects(path);
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void givesTheFileToAGroupByNumberAndByName() throws IOException {
        String name = Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
        int number = (int) Files.getAttribute(directory, "unix:gid");
        for (String group : new String[] {name, String.valueOf(number)}) {
            try (SocketFile file = SocketFile.bind(path, MODE, group)) {
                assertThat(Files.getAttribute(file.path(), "unix:gid")).isEqualTo(number);
            }
        }
    }

    @Test
    void refusesAnUnknownGroup() {
        assertRefused(path, "no such group: nobody-has-this", "nobody-has-this");
        assertThat(names()).isEmpty();
    }

    @Test
    void leavesALiveServerAlone() throws IOException {
        try (SocketFile first = SocketFile.bind(path, MODE, null)) {
            assertRefused(path, "in use by a running server", null);
            assertConnects(first.path());
        }
    }

    @Test
    void leavesALiveServerWithAFullQueueAlone() throws IOException {
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel waiting = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel waitingToo = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(path), 1);
            waiting.connect(UnixDomainSocketAddress.of(path));
            waitingToo.connect(UnixDomainSocketAddress.of(path));
            assertRefused(path, "in use by a running server, it seems: Resource temporarily unavailable", null);
        }
    }

    @Test
    void replacesTheSocketOfADeadServer() throws IOException {
        leaveStaleSocket();
        try (SocketFile file = SocketFile.bind(path, MODE, null)) {
            assertConnects(file.path());
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void leavesARegularFileAlone() throws IOException {
        Files.writeString(path, "precious");
        assertRefused(path, "exists and is not a socket", null);
        assertThat(path).hasContent("precious");
    }

    @Test
    void leavesADirectoryAlone() throws IOException {
        Files.createDirectory(path);
        assertRefused(path, "exists and is not a socket", null);
        assertThat(path).isDirectory();
    }

    @Test
    void leavesASymbolicLinkAloneEvenToAStaleSocket() throws IOException {
        leaveStaleSocket();
        Path link = Files.createSymbolicLink(directory.resolve("link.sock"), path);
        assertRefused(link, "exists and is not a socket", null);
        assertThat(link).isSymbolicLink();
        assertThat(path).exists();
    }

    @Test
    void leavesAFifoAlone() throws Exception {
        // connect() refuses a FIFO in the same words as a stale socket.
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        assertRefused(path, "exists and is not a socket", null);
        assertThat(path).exists();
    }

    @Test
    void needsTheDirectory() {
        Path nowhere = directory.resolve("none");
        assertRefused(nowhere.resolve("smi.sock"), "no such directory: " + nowhere, null);
        assertRefused(Path.of("/"), "exists and is not a socket", null);
    }

    @Test
    void takesAPathAsLongAsASocketMayHave() throws IOException {
        Path longest = directory.resolve("x".repeat(106 - directory.toString().length() - 1));
        try (SocketFile file = SocketFile.bind(longest, MODE, null)) {
            assertConnects(file.path());
        }
        assertRefused(
                directory.resolve(longest.getFileName() + "xyz"), "the path is 3 bytes too long for a socket", null);
    }

    @Test
    void whatAKilledStarterLeftNeitherHarmsNorStays() throws IOException {
        Path staging = Files.createDirectory(directory.resolve(".smi~"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(staging.resolve("s")))
                .close();
        Files.createFile(directory.resolve(".smi.lock"));
        try (SocketFile file = SocketFile.bind(path, MODE, null)) {
            assertThat(names()).containsExactly("smi.sock");
            assertConnects(file.path());
        }
    }

    @Test
    void aFileInThePlaceOfTheStagingDirectoryIsLeftAlone() throws IOException {
        Path precious = Files.writeString(directory.resolve(".smi~"), "precious");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> SocketFile.bind(path, MODE, null))
                .withMessageStartingWith(path + ": " + precious);
        assertThat(precious).hasContent("precious");
        assertThat(names()).containsExactly(".smi~");
    }

    @Test
    void saysWhatCannotBeMovedOutOfTheWay() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve(".smi~/foreign"));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> SocketFile.bind(path, MODE, null))
                .withMessage(path + ": " + foreign.getParent() + ": DirectoryNotEmptyException");
        assertThat(foreign).exists();
    }

    @Test
    void doesNotRemoveItsSuccessor() throws IOException {
        SocketFile first = SocketFile.bind(path, MODE, null);
        Files.delete(path);
        try (SocketFile successor = SocketFile.bind(path, MODE, null)) {
            first.close();
            first.close();
            assertConnects(successor.path());
        }
    }

    @Test
    void doesNotMindThatItsFileIsGone() throws IOException {
        SocketFile file = SocketFile.bind(path, MODE, null);
        Files.delete(path);
        assertThatNoException().isThrownBy(file::close);
        assertThat(file.channel().isOpen()).isFalse();
    }

    @Test
    void twoNamesInOneDirectoryLiveSideBySide() throws IOException {
        try (SocketFile one = SocketFile.bind(path, MODE, null);
                SocketFile other = SocketFile.bind(directory.resolve("b"), MODE, null)) {
            assertConnects(one.path());
            assertConnects(other.path());
        }
    }

    private void leaveStaleSocket() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
    }

    private Stream<String> names() {
        String[] names = directory.toFile().list();
        return names == null ? Stream.of() : Stream.of(names);
    }

    private static void assertConnects(Path path) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    private static void assertRefused(Path path, String reason, @Nullable String group) {
        boolean before = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> SocketFile.bind(path, MODE, group))
                .withMessage(path + ": " + reason);
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isEqualTo(before);
    }
}
