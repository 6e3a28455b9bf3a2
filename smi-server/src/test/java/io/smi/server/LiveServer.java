package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.socket.SocketMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A whole server of a {@link TestMachine}, on a port of 127.0.0.1 and on a Unix socket. */
public final class LiveServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final TestMachine machine;
    private final Path folder;
    private final CompletableFuture<Throwable> death = new CompletableFuture<>();
    private final SmiServer server;
    private final SocketAddress tcp;
    private final SocketAddress unix;

    /** Serves this machine, a frame per interval. */
    public LiveServer(TestMachine machine, Duration interval) throws IOException {
        this(machine, interval, ServerOptions.Streams.DEFAULTS);
    }

    /** Serves this machine. */
    public LiveServer(TestMachine machine, Duration interval, ServerOptions.Streams streams) throws IOException {
        this.machine = machine;
        folder = Files.createTempDirectory("smi");
        Path socket = folder.resolve("s");
        ServerOptions options = new ServerOptions(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new ServerOptions.UnixSocket(socket, SocketMode.parse("0660"), null),
                null,
                interval,
                Set.of(),
                streams,
                ServerOptions.Access.DEFAULTS);
        server = SmiServer.start(machine.feed(interval), options, "test", warning -> {}, death::complete);
        URI uri = URI.create(server.addresses().getFirst());
        tcp = new InetSocketAddress(uri.getHost(), uri.getPort());
        unix = UnixDomainSocketAddress.of(socket);
    }

    /** The server. */
    public SmiServer server() {
        return server;
    }

    /** Ends the thread that collects, as a fault in it would. */
    public void killSampler() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("smi-sampler")) {
                thread.interrupt();
            }
        }
    }

    /** What its sampler died of. */
    public CompletableFuture<Throwable> death() {
        return death;
    }

    /** Where it listens on TCP. */
    public SocketAddress tcp() {
        return tcp;
    }

    /** Where its socket is. */
    public SocketAddress unix() {
        return unix;
    }

    /** TCP and Unix in turn. */
    public SocketAddress address(int number) {
        return number % 2 == 0 ? tcp : unix;
    }

    /** The answer to a GET, with these header lines. */
    public Answer get(String target, String... headers) throws IOException {
        return Answer.to(tcp, "GET", target, headers);
    }

    /** A stream, over TCP. */
    public EventClient events(String query, String... headers) throws IOException {
        return EventClient.open(tcp, "/events" + query, headers);
    }

    /** How many streams it says it has. */
    public int clients() throws IOException {
        return get("/health").json().get("sse_clients").intValue();
    }

    /** The newest frame. */
    public JsonNode frame() throws IOException {
        return get("/snapshot").json();
    }

    /** Waits until there is a frame. */
    public LiveServer ready() throws Exception {
        await(() -> get("/ready").status() == 200);
        return this;
    }

    /** Something that comes true, or fails by throwing. */
    public interface Condition {
        /** Whether it has come true. */
        boolean holds() throws Exception;
    }

    /** Waits for what is to come, however loaded the machine is. */
    public static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as("not within " + PATIENCE_SECONDS + " s")
                    .isLessThan(end);
            Thread.sleep(2);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        machine.close();
        Files.deleteIfExists(folder);
    }
}
