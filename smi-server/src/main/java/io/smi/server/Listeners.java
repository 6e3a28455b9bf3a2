package io.smi.server;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** Every socket that the server listens on, and the threads behind them. */
final class Listeners implements AutoCloseable {
    private static final int BUFFER_BYTES = 8 << 10;
    private static final int THREAD_LOCAL_BUFFERS = 4;
    /** Connections beside those of streams: scrapes, probes, and slow ones until they time out. */
    private static final int OTHER_CONNECTIONS = 1024;
    /** What the kernel holds for one who does not read; it would grow to megabytes. */
    private static final int SEND_BUFFER_BYTES = 64 << 10;

    private static final int BACKLOG = 1024;
    private static final int WRITE_TIMEOUT_MILLIS = 30_000;

    private final XnioWorker worker;
    private final HttpOpenListener http;
    private final OptionMap socketOptions;
    private final List<AcceptingChannel<?>> tcp = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    private Listeners(int maxConnections, HttpHandler root) throws IOException {
        worker = Xnio.getInstance(Listeners.class.getClassLoader())
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        socketOptions = OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .set(Options.SEND_BUFFER, SEND_BUFFER_BYTES)
                .set(Options.WRITE_TIMEOUT, WRITE_TIMEOUT_MILLIS)
                .set(Options.CONNECTION_HIGH_WATER, maxConnections)
                .set(Options.CONNECTION_LOW_WATER, maxConnections)
                .getMap();
        ByteBufferPool pool = new DefaultByteBufferPool(true, BUFFER_BYTES, -1, THREAD_LOCAL_BUFFERS);
        http = new HttpOpenListener(pool, requestLimits());
        http.setRootHandler(root);
    }

    /** What Undertow itself cuts off, before there is a request to answer. The gate is stricter, and says so. */
    private static OptionMap requestLimits() {
        return OptionMap.builder()
                .set(UndertowOptions.MAX_HEADER_SIZE, 2 * io.smi.server.http.Gate.MAX_HEAD_BYTES)
                .set(UndertowOptions.MAX_ENTITY_SIZE, 1L)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, 3_000)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, 15_000)
                .set(UndertowOptions.DECODE_URL, false)
                .getMap();
    }

    /** Listens everywhere that the options name, or nowhere. */
    static Listeners open(ServerOptions options, HttpHandler root, Consumer<String> warnings) throws IOException {
        Listeners listeners = new Listeners(options.streams().maxClients() + OTHER_CONNECTIONS, root);
        try {
            for (InetSocketAddress address : options.listen()) {
                listeners.listen(address);
            }
            listeners.tcp.forEach(AcceptingChannel::resumeAccepts);
            return listeners;
        } catch (IOException | RuntimeException e) {
            listeners.close();
            throw e;
        }
    }

    private void listen(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new ListenException("cannot listen on " + address.getHostString() + ": no such host");
        }
        AcceptingChannel<StreamConnection> channel;
        try {
            channel = worker.createStreamConnectionServer(
                    address, ChannelListeners.openListenerAdapter(http), socketOptions);
        } catch (IOException e) {
            throw new ListenException("cannot listen on " + text(address) + ": " + e.getMessage());
        }
        tcp.add(channel);
        addresses.add("http://" + text(channel.getLocalAddress(InetSocketAddress.class)));
    }

    private static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** Whoever comes from now on is turned away by the kernel. */
    void stopAccepting() {
        tcp.forEach(IoUtils::safeClose);
    }

    @Override
    public void close() {
        stopAccepting();
        worker.shutdownNow();
    }
}
