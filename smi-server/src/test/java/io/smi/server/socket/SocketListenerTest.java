package io.smi.server.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xnio.Options;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

@Timeout(60)
class SocketListenerTest {
    private static final int BIG = 8 << 20;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Queue<WeakReference<ServerConnection>> remembered = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final CountDownLatch watching = new CountDownLatch(1);

    @TempDir
    Path directory;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void keepsAConnectionAlive(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, TestServer.LIMITS);
        RawClient client = connect(server);
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/n" + i).body()).isEqualTo("/n" + i);
        }
        assertThat(server.listener.openConnections()).isEqualTo(1);
        client.close();
        Await.until(() -> server.listener.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void answersPipelinedRequestsInOrder(StandardProtocolFamily family) throws IOException {
        RawClient client = connect(server(family, TestServer.LIMITS));
        String request = "GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n";
        client.send(request.formatted(1) + request.formatted(2) + request.formatted(3));
        assertThat(List.of(client.body(), client.body(), client.body())).containsExactly("/1", "/2", "/3");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void answersAClientThatSendsNoMore(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, TestServer.LIMITS);
        RawClient client = connect(server).get("/half").finish();
        assertThat(client.body()).isEqualTo("/half");
        assertThat(client.rest()).isEmpty();
        Await.until(() -> server.listener.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void writesABigAnswerAsItIsRead(StandardProtocolFamily family) throws IOException {
        RawClient client = connect(server(family, TestServer.LIMITS));
        assertThat(client.get("/big").body()).isEqualTo(new String(big(), StandardCharsets.ISO_8859_1));
        assertThat(client.get("/after").body()).isEqualTo("/after");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void letsAHandlerBlock(StandardProtocolFamily family) throws IOException {
        RawClient client = connect(server(family, TestServer.LIMITS));
        client.send("POST /blocking HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n");
        client.send("x");
        client.send("yz");
        assertThat(client.body()).isEqualTo(new String(big(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void knowsWhereAnInternetClientIs() throws IOException {
        RawClient client = connect(server(StandardProtocolFamily.INET, TestServer.LIMITS));
        assertThat(client.get("/addresses").body())
                .matches("false 127\\.0\\.0\\.1:\\d+ 127\\.0\\.0\\.1:\\d+ localhost");
    }

    @Test
    void tellsAUnixClientFromAnInternetClient() throws IOException {
        RawClient client = connect(server(StandardProtocolFamily.UNIX, TestServer.LIMITS));
        assertThat(client.get("/addresses").body()).isEqualTo("true 127.0.0.1:0 127.0.0.1:80 localhost");
    }

    @Test
    void knowsAHostWhenTheRequestNamesNone() throws IOException {
        RawClient client = connect(server(StandardProtocolFamily.UNIX, TestServer.LIMITS));
        client.send("GET /url HTTP/1.0\r\n\r\n");
        assertThat(client.body()).isEqualTo("http://localhost/url localhost 80");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void aHangUpIsNoticedDuringAnAnswer(StandardProtocolFamily family) throws IOException, InterruptedException {
        TestServer server = server(family, TestServer.LIMITS);
        RawClient client = connect(server).get("/watch");
        watching.await();
        client.close();
        hungUp.await();
        Await.until(() -> server.listener.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void serves1000ClientsAtOnce(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, TestServer.LIMITS);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            clients.add(connect(server));
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).get("/" + i);
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).body()).isEqualTo("/" + i);
            }
        }
        assertThat(server.listener.openConnections()).isEqualTo(1000);
        for (RawClient client : clients) {
            client.close();
        }
        Await.until(() -> server.listener.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void keepsNothingOfAClientThatAskedAndHungUp(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, TestServer.LIMITS);
        for (int i = 0; i < 100; i++) {
            connect(server).get("/remember").close();
        }
        Await.until(() -> remembered.size() == 100); // what was sent is read, whether or not its sender is there
        Await.until(() -> {
            System.gc();
            return remembered.stream().allMatch(connection -> connection.refersTo(null));
        });
    }

    @Test
    void hangsUpOnClientsBeyondTheLimit() throws IOException {
        TestServer server = server(StandardProtocolFamily.UNIX, new SocketLimits(2, 65_536, 0));
        RawClient first = connect(server);
        assertThat(first.get("/1").body()).isEqualTo("/1");
        assertThat(connect(server).get("/2").body()).isEqualTo("/2");
        assertThat(connect(server).rest()).isEmpty();
        assertThat(server.listener.refusedConnections()).isEqualTo(1);
        assertThat(server.listener.openConnections()).isEqualTo(2);
        first.close();
        Await.until(() -> server.listener.openConnections() == 1);
        assertThat(connect(server).get("/4").body()).isEqualTo("/4");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void cutsOffAClientThatTakesNothing(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, new SocketLimits(10, 65_536, 200));
        RawClient stuck = connect(server).get("/big");
        Await.until(() -> server.listener.openConnections() == 1);
        Await.until(() -> server.listener.openConnections() == 0);
        assertThatIOException().isThrownBy(stuck::body).withMessage("closed in the middle of a body");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void aStreamThatTakesItsTimeIsNotCutOff(StandardProtocolFamily family) throws IOException {
        RawClient client = connect(server(family, new SocketLimits(10, 65_536, 50)));
        assertThat(client.get("/slow").rest()).endsWith("\r\n\r\nab");
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void hangsUpOnAClientThatAsksNothing(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, 200);
        assertThat(connect(server).rest()).isEmpty();
        RawClient idle = connect(server).get("/once");
        assertThat(idle.body()).isEqualTo("/once");
        assertThat(idle.rest()).isEmpty();
        Await.until(() -> server.listener.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void hangsUpOnAClientThatNeverEndsItsRequest(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, 200);
        assertThat(connect(server).send("GET / HTTP/1.1\r\nHost: loc").rest()).isEmpty();
        Await.until(() -> server.listener.openConnections() == 0);
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void openConnectionsOutliveTheAccepting(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, TestServer.LIMITS);
        RawClient client = connect(server);
        assertThat(client.get("/1").body()).isEqualTo("/1");
        server.listener.stopAccepting();
        assertThat(client.get("/2").body()).isEqualTo("/2"); // so the selector has turned since
        try (RawClient late = server.connect().get("/late")) {
            assertThat(client.get("/3").body()).isEqualTo("/3");
            assertThat(server.listener.openConnections()).isEqualTo(1);
            server.close();
            assertThatIOException().isThrownBy(late::body);
        }
    }

    @ParameterizedTest
    @EnumSource(StandardProtocolFamily.class)
    void closesEveryConnectionInTheEnd(StandardProtocolFamily family) throws IOException {
        TestServer server = server(family, TestServer.LIMITS);
        RawClient idle = connect(server);
        RawClient busy = connect(server).get("/big");
        RawClient kept = connect(server).get("/1");
        assertThat(kept.body()).isEqualTo("/1");
        Await.until(() -> server.listener.openConnections() == 3);
        server.close();
        assertThat(server.listener.openConnections()).isZero();
        assertThat(idle.rest()).isEmpty();
        assertThat(kept.rest()).isEmpty();
        assertThatIOException().isThrownBy(busy::body);
        assertThatIOException().isThrownBy(server::connect);
    }

    @Test
    void aListenerThatThrowsCostsOnlyItsConnection() throws IOException {
        Path path = directory.resolve("throws.sock");
        SocketFile file = opened(SocketFile.bind(path, SocketMode.DEFAULT, null));
        try (SocketListener listener = SocketListener.start(
                TestServer.worker(),
                file.channel(),
                connection -> {
                    throw new IllegalStateException("thrown by a test");
                },
                TestServer.LIMITS)) {
            for (int i = 0; i < 2; i++) {
                assertThat(opened(new RawClient(UnixDomainSocketAddress.of(path)))
                                .rest())
                        .isEmpty();
            }
            Await.until(() -> listener.openConnections() == 0);
        }
    }

    @Test
    void acceptsAgainWhenThereAreFileDescriptorsAgain() throws Exception {
        Path path = directory.resolve("few.sock");
        Path report = directory.resolve("report");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh"));
        command.addAll(ChildServer.command(report, path.toString()));
        Process child = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            child.getOutputStream().write('\n');
            child.getOutputStream().flush();
            assertThat(ChildServer.awaitReport(report)).isEqualTo("serving");
            List<RawClient> clients = new ArrayList<>();
            clients.add(opened(new RawClient(UnixDomainSocketAddress.of(path))));
            // Loads the classes while there are files for it.
            assertThat(clients.getFirst().get("/").body()).isEqualTo("hello from localhost");
            for (int i = 0; i < 300; i++) {
                clients.add(opened(new RawClient(UnixDomainSocketAddress.of(path))));
            }
            Await.until(() -> filesOf(child) == 256);
            assertThat(clients.getFirst().get("/").body()).isEqualTo("hello from localhost");
            for (RawClient client : clients.subList(0, clients.size() - 1)) {
                client.close();
            }
            assertThat(clients.getLast().get("/").body()).isEqualTo("hello from localhost");
        } finally {
            child.destroyForcibly();
        }
    }

    private static int filesOf(Process process) {
        String[] files =
                Path.of("/proc", String.valueOf(process.pid()), "fd").toFile().list();
        return files == null ? 0 : files.length;
    }

    private TestServer server(StandardProtocolFamily family, SocketLimits limits) throws IOException {
        return server(family, limits, TestServer.NO_REQUEST_MILLIS);
    }

    private TestServer server(StandardProtocolFamily family, int requestMillis) throws IOException {
        return server(family, TestServer.LIMITS, requestMillis);
    }

    private TestServer server(StandardProtocolFamily family, SocketLimits limits, int requestMillis)
            throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            SocketFile file = opened(SocketFile.bind(directory.resolve("smi.sock"), SocketMode.DEFAULT, null));
            return opened(new TestServer(
                    file.channel(), UnixDomainSocketAddress.of(file.path()), limits, requestMillis, this::handle));
        }
        String loopback = family == StandardProtocolFamily.INET ? "127.0.0.1" : "::1";
        ServerSocketChannel channel =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName(loopback), 0), 1024);
        return opened(new TestServer(channel, channel.getLocalAddress(), limits, requestMillis, this::handle));
    }

    private RawClient connect(TestServer server) throws IOException {
        return opened(server.connect());
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private void handle(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case "/remember" -> {
                remembered.add(new WeakReference<>(exchange.getConnection()));
                exchange.getResponseSender().send("x");
            }
            case "/big" -> exchange.getResponseSender().send(ByteBuffer.wrap(big()));
            case "/blocking" -> exchange.dispatch(this::block);
            case "/watch" -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> watch(exchange));
            case "/slow" -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> stream(exchange));
            case "/addresses" ->
                exchange.getResponseSender()
                        .send(UnixAddresses.isUnix(exchange.getConnection()) + " "
                                + text(exchange.getSourceAddress()) + " "
                                + text(exchange.getDestinationAddress()) + " "
                                + exchange.getHostName());
            case "/url" ->
                exchange.getResponseSender()
                        .send(exchange.getRequestURL() + " " + exchange.getHostName() + " " + exchange.getHostPort());
            default -> exchange.getResponseSender().send(exchange.getRequestPath());
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void block(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        assertThat(exchange.getInputStream().readAllBytes()).hasSize(3);
        exchange.setResponseContentLength(BIG);
        try (OutputStream out = exchange.getOutputStream()) {
            out.write(big());
        }
    }

    /** As the hub of the event streams does. */
    private void watch(HttpServerExchange exchange) {
        ConduitStreamSourceChannel source =
                ((HttpServerConnection) exchange.getConnection()).getChannel().getSourceChannel();
        source.setReadListener(channel -> {
            try {
                if (channel.read(ByteBuffer.allocate(1)) == -1) {
                    hungUp.countDown();
                    exchange.getConnection().close();
                }
            } catch (IOException e) {
                hungUp.countDown();
                throw new UncheckedIOException(e);
            }
        });
        source.resumeReads();
        watching.countDown();
    }

    /** Writes, says that it may take longer than the timeout, which it does, and writes again. */
    private static void stream(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        StreamSinkChannel sink = exchange.getResponseChannel();
        write(sink, 'a');
        try {
            ((HttpServerConnection) exchange.getConnection()).getChannel().setOption(Options.WRITE_TIMEOUT, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runnable late = () -> {
            write(sink, 'b');
            exchange.endExchange();
        };
        exchange.getIoThread().executeAfter(late, 200, TimeUnit.MILLISECONDS);
    }

    private static void write(StreamSinkChannel sink, char character) {
        try {
            sink.write(ByteBuffer.wrap(new byte[] {(byte) character}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] big() {
        byte[] bytes = new byte[BIG];
        for (int i = 0; i < BIG; i++) {
            bytes[i] = (byte) ('a' + i % 23);
        }
        return bytes;
    }
}
