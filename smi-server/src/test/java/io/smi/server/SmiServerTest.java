package io.smi.server;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.smi.server.EventClient.Event;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SmiServerTest {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final int CLIENTS = 1000;

    @TempDir
    Path folder;

    @Test
    void inTheEndEveryStreamIsToldAndEndsWhole() throws Exception {
        LiveServer server = new LiveServer(new TestMachine(folder), TICK).ready();
        List<EventClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(EventClient.open(server.address(i), "/events"));
        }
        for (EventClient client : clients) {
            client.next("snapshot");
        }
        assertThat(server.clients()).isEqualTo(CLIENTS);
        long start = System.nanoTime();
        server.server().close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        for (EventClient client : clients) {
            List<Event> rest = client.rest();
            assertThat(rest.getLast()).isEqualTo(new Event("server.state", null, "{\"mode\":\"draining\"}"));
            assertThat(rest.subList(0, rest.size() - 1))
                    .allMatch(event -> event.kind().equals("snapshot"));
            client.close();
        }
        server.server().close();
        server.close();
    }

    @Test
    void afterTheEndNobodyIsServedAndNothingIsLeft() throws Exception {
        TestMachine machine = new TestMachine(folder);
        LiveServer server = new LiveServer(machine, TICK).ready();
        assertThat(machine.openFiles()).isPositive();
        server.close();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> server.get("/health"));
        assertThatIOException().isThrownBy(() -> SocketChannel.open(server.unix()));
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("smi-sampler")
                        || thread.getName().startsWith("smi-reader")));
        assertThat(server.death()).isNotDone();
    }

    @Test
    void saysWhereItCannotListen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(ListenException.class)
                    .isThrownBy(
                            () -> start(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort())))
                    .withMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
        }
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> start(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                .withMessage("cannot listen on nowhere.invalid: no such host");
    }

    @Test
    void whatItCouldNotStartLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LiveServer server = new LiveServer(new TestMachine(folder), TICK).ready()) {
            int threads = Thread.activeCount();
            for (int i = 0; i < 5; i++) {
                assertThatIOException()
                        .isThrownBy(() ->
                                start(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort())));
            }
            assertThat(server.get("/health").status()).isEqualTo(200);
            await(() -> Thread.activeCount() <= threads);
        }
    }

    private SmiServer start(InetSocketAddress address) throws IOException {
        TestMachine machine = new TestMachine(folder.resolve("other"));
        ServerOptions options = new ServerOptions(
                List.of(address),
                null,
                null,
                TICK,
                Set.of(),
                ServerOptions.Streams.DEFAULTS,
                ServerOptions.Access.DEFAULTS);
        return SmiServer.start(machine.feed(TICK), options, "test", warning -> {}, death -> {});
    }

    @Test
    void theDeathOfTheSamplerIsTold() throws Exception {
        try (LiveServer server = new LiveServer(new TestMachine(folder), TICK).ready()) {
            server.killSampler();
            assertThat(server.death().get()).isInstanceOf(Exception.class);
            assertThat(server.get("/health").status()).isEqualTo(200);
        }
    }
}
