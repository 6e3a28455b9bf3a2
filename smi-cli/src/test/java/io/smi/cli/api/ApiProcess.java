package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.packaging.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, serving, until it is closed. */
public final class ApiProcess implements AutoCloseable {
    private static final String SERVING = "smi: serving on ";
    private static final int END_SECONDS = 30;

    private final Process process;
    private final Path stderr;
    private List<String> addresses = List.of();

    private ApiProcess(Process process, Path stderr) {
        this.process = process;
        this.stderr = stderr;
    }

    /** Starts {@code smi api} with these options, and waits until it serves. */
    public static ApiProcess start(String... options) throws Exception {
        return start(Map.of(), command(Program.HOME, options));
    }

    /** {@code smi api} of the program in this folder, behind other words if need be. */
    static List<String> command(Path home, String... options) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/smi").toString(), "api"));
        command.addAll(List.of(options));
        return command;
    }

    /** Starts a command that becomes {@code smi api}, and waits until it serves. */
    static ApiProcess start(Map<String, String> environment, List<String> command) throws Exception {
        ApiProcess started = begin(environment, command);
        try {
            Await.until("it serves", () -> {
                assertThat(started.process.isAlive()).as(started.said()).isTrue();
                return started.isServing();
            });
            return started;
        } catch (Throwable e) {
            started.close();
            throw e;
        }
    }

    /** Starts a command that becomes {@code smi api} when the first client connects. */
    static ApiProcess begin(Map<String, String> environment, List<String> command) throws IOException {
        Path stderr = Files.createTempFile("smi", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        return new ApiProcess(builder.start(), stderr);
    }

    /** Whether it has said where it serves; it may have warned before. */
    private boolean isServing() throws IOException {
        for (String line : Files.readAllLines(stderr)) {
            if (line.startsWith(SERVING)) {
                addresses = List.of(line.substring(SERVING.length()).split(", "));
                return true;
            }
        }
        return false;
    }

    /** A port that nobody listens on at the moment, for a server that is to come back on it. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    long pid() {
        return process.pid();
    }

    /** All of stderr. */
    String said() throws IOException {
        return Files.readString(stderr);
    }

    /** Where it says that it listens. */
    List<String> addresses() {
        return addresses;
    }

    /** The first TCP address, without a slash at the end. */
    public String url() {
        return addresses.stream()
                .filter(address -> !address.startsWith("unix:"))
                .findFirst()
                .orElseThrow();
    }

    /** The first TCP address. */
    SocketAddress tcp() {
        URI url = URI.create(url());
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** The socket's address. */
    SocketAddress unix() {
        return addresses.stream()
                .filter(address -> address.startsWith("unix:"))
                .findFirst()
                .map(address -> UnixDomainSocketAddress.of(address.substring("unix:".length())))
                .orElseThrow();
    }

    /** Sends a signal, such as TERM. */
    void signal(String name) throws Exception {
        assertThat(Program.run(Map.of(), "sh", "-c", "kill -" + name + " " + pid())
                        .status())
                .isZero();
    }

    /** Its exit code, once it has ended. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
        return process.exitValue();
    }

    /** Kills it, if it has not ended. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(stderr);
    }
}
