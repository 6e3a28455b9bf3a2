package io.smi.server.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InheritedSocketTest {
    /** Runs the command in its arguments with a connected socket, a datagram socket, or nothing as standard input. */
    private static final String LAUNCHER = """
            import os, socket, sys
            kind = sys.argv[1]
            if kind == "pair":
                os.dup2(socket.socketpair()[0].detach(), 0)
            elif kind == "datagram":
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0)); os.dup2(s.detach(), 0)
            elif kind == "closed":
                os.close(0)
            elif kind == "file":
                os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            os.execv(sys.argv[2], sys.argv[2:])
            """;

    @TempDir
    Path directory;

    @Test
    @Tag("peer")
    void servesAUnixSocketOfSystemd() throws Exception {
        Path path = directory.resolve("systemd.sock");
        assertServes(path.toString(), UnixDomainSocketAddress.of(path), "localhost");
        assertThat(path).exists();
    }

    @Test
    @Tag("peer")
    void servesAnInternetSocketOfSystemd() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertServes("127.0.0.1:" + port, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pair", "datagram", "closed", "file"})
    @Tag("peer")
    void isNoneWhenStandardInputIsAnythingElse(String kind) throws Exception {
        Path report = directory.resolve("report");
        List<String> command = new ArrayList<>(List.of(program("python3"), "-c", LAUNCHER, kind));
        command.addAll(ChildServer.command(report, "inherited"));
        Process child = start(command);
        try {
            assertThat(child.waitFor()).isZero();
            assertThat(Files.readString(report)).isEqualTo("none");
        } finally {
            child.destroyForcibly();
        }
    }

    private void assertServes(String listen, SocketAddress address, String seenFrom) throws Exception {
        Path report = directory.resolve("report");
        List<String> command = new ArrayList<>(List.of(program("systemd-socket-activate"), "--inetd", "-l", listen));
        command.addAll(ChildServer.command(report, "inherited"));
        Process child = start(command);
        try (RawClient first = connect(address); // which makes systemd start the program
                RawClient second = connect(address)) {
            assertThat(ChildServer.awaitReport(report)).isEqualTo("serving");
            assertThat(second.get("/").body()).isEqualTo("hello from " + seenFrom);
            assertThat(first.get("/").body()).isEqualTo("hello from " + seenFrom);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Waits until there is something to connect to. */
    private static RawClient connect(SocketAddress address) {
        List<RawClient> connected = new ArrayList<>();
        Await.until(() -> {
            try {
                connected.add(new RawClient(address));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return connected.getFirst();
    }

    private static String program(String name) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return Path.of(directory, name).toString();
            }
        }
        assumeTrue("required".equals(System.getenv("SMI_PEERS")), "not installed: " + name);
        throw new AssertionError("not installed: " + name);
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
