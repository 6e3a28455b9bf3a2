package io.smi.cli.api;

import static io.smi.cli.packaging.Program.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether and as whom the packaged server gets its port and its socket. */
@Timeout(120)
class ApiListenIT {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    private static final String PYTHON = "/usr/bin/python3";
    private static final String CONNECT = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])";

    @TempDir
    private Path folder;

    private Path socket;

    @BeforeEach
    void nameTheSocket() {
        socket = folder.resolve("smi.sock");
    }

    private static Outcome smiApi(String... options) throws Exception {
        return run(Map.of(), ApiProcess.command(Program.HOME, options).toArray(String[]::new));
    }

    private static void assertFails(Outcome outcome, String reason) {
        assertThat(outcome.err()).startsWith("smi: ").contains(reason).hasLineCount(1);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
    }

    private static void assertServes(ApiProcess smi) throws Exception {
        try (Answer answer = Answer.get(smi.unix(), "/health")) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            assertFails(smiApi("--listen", address, "--socket", socket.toString()), "listen on " + address);
            assertThat(socket).as("of a server that did not start").doesNotExist();
        }
    }

    @Test
    void aSocketInUseIsOneLineAndItsServerGoesOn() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--socket", socket.toString())) {
            assertFails(smiApi("--socket", socket.toString()), socket + ": in use");
            assertServes(smi);
        }
    }

    @Test
    void aStaleSocketIsReplaced() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (ApiProcess smi = ApiProcess.start("--socket", socket.toString())) {
            assertServes(smi);
        }
    }

    @Test
    void aFileInItsPlaceIsLeftAlone() throws Exception {
        Files.writeString(socket, "precious");
        assertFails(smiApi("--socket", socket.toString()), socket + ": exists and is not a socket");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void theSocketHasItsModeAndGroupAndIsRemovedAtTheEnd() throws Exception {
        String group =
                isRoot() ? "daemon" : Files.getAttribute(folder, "posix:group").toString();
        try (ApiProcess smi =
                ApiProcess.start("--socket", socket.toString(), "--socket-mode", "0620", "--socket-group", group)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw--w----");
            assertThat(Files.getAttribute(socket, "posix:group")).hasToString(group);
            smi.signal("TERM");
            assertThat(smi.awaitEnd()).isZero();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aGroupThatDoesNotExistIsOneLine() throws Exception {
        assertFails(
                smiApi("--socket", socket.toString(), "--socket-group", "nosuchgroup"), "no such group: nosuchgroup");
    }

    @Test
    void aHostThatDoesNotExistIsOneLine() throws Exception {
        assertFails(smiApi("--listen", "nosuchhost.invalid:9090"), "nosuchhost.invalid: no such host");
    }

    @ParameterizedTest
    @CsvSource({"--web.config.file", "--auth-token-file"})
    void aFileThatIsMissingIsOneLine(String option) throws Exception {
        Path missing = folder.resolve("missing");
        assertFails(smiApi("--listen", "127.0.0.1:0", option, missing.toString()), missing.toString());
    }

    @Test
    void aFolderThatMayNotBeWrittenIsOneLine() throws Exception {
        assumeNobody();
        allowAll(folder);
        Path home = Program.copyTo(folder.resolve("smi"));
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(ApiProcess.command(home, "--socket", socket.toString()));
        assertFails(run(Map.of(), command.toArray(String[]::new)), socket + ": ");
    }

    @ParameterizedTest
    @CsvSource({"0600, false", "0660, false", "0666, true"})
    void theModeSaysWhoMayConnect(String mode, boolean allowed) throws Exception {
        assumeNobody();
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is not installed");
        allowAll(folder);
        try (ApiProcess smi = ApiProcess.start("--socket", socket.toString(), "--socket-mode", mode)) {
            List<String> command = new ArrayList<>(NOBODY);
            command.addAll(List.of(PYTHON, "-c", CONNECT, socket.toString()));
            Outcome connect = run(Map.of(), command.toArray(String[]::new));
            assertThat(connect.status() == 0).as(connect.err()).isEqualTo(allowed);
            assertThat(connect.err()).contains(allowed ? "" : "Permission denied");
            assertServes(smi);
        }
    }

    private static void assumeNobody() {
        assumeTrue(isRoot(), "only root may become another user");
        assumeTrue(Peers.has("setpriv"), "setpriv is not installed");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void allowAll(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
