package io.smi.server;

import io.smi.server.http.Gate;
import io.smi.server.socket.SocketFile;
import io.smi.server.socket.SocketLimits;
import io.smi.server.socket.SocketListener;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/** Every socket that the server listens on, and the threads behind them: one for each, one for all that speak TLS. */
final class Listeners implements AutoCloseable {
    private static final int BUFFER_BYTES = 8 << 10;
    private static final int THREAD_LOCAL_BUFFERS = 4;
    /** Connections beside those of streams: scrapes, probes, and slow ones until they time out. */
    private static final int OTHER_CONNECTIONS = 1024;
    /** What the kernel holds for one who does not read; it would grow to megabytes. */
    private static final int SEND_BUFFER_BYTES = 64 << 10;

    private static final int BACKLOG = 1024;
    private static final int WRITE_TIMEOUT_MILLIS = 30_000;
    private static final int PARSE_TIMEOUT_MILLIS = 3_000;
    private static final int IDLE_TIMEOUT_MILLIS = 15_000;

    private final int maxConnections;
    private final Xnio xnio = Xnio.getInstance(Listeners.class.getClassLoader());
    private final XnioWorker worker;
    private final HttpOpenListener http;
    private final OptionMap socketOptions;
    private final List<AcceptingChannel<SslConnection>> tlsChannels = new ArrayList<>();
    private final List<ServerSocketChannel> bound = new ArrayList<>();
    private final List<SocketListener> sockets = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private @Nullable SocketFile file;

    private Listeners(int maxConnections, HttpHandler root) throws IOException {
        this.maxConnections = maxConnections;
        worker = xnio.createWorker(OptionMap.builder()
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
                .set(UndertowOptions.MAX_HEADER_SIZE, 2 * Gate.MAX_HEAD_BYTES)
                .set(UndertowOptions.MAX_ENTITY_SIZE, 1L)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_TIMEOUT_MILLIS)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MILLIS)
                .set(UndertowOptions.DECODE_URL, false)
                .getMap();
    }

    /**
     * Listens everywhere that the options name, or nowhere.
     *
     * @param tls for TCP; null for plain HTTP
     * @throws IOException with a message for users
     */
    static Listeners open(ServerOptions options, @Nullable SSLContext tls, HttpHandler root) throws IOException {
        Listeners listeners = new Listeners(options.streams().maxClients() + OTHER_CONNECTIONS, root);
        try {
            for (InetSocketAddress address : options.listen()) {
                listeners.listen(address, tls);
            }
            listeners.listen(options.inherited(), tls);
            listeners.listen(options.socket());
            listeners.tlsChannels.forEach(AcceptingChannel::resumeAccepts);
            return listeners;
        } catch (IOException | RuntimeException e) {
            listeners.close();
            throw e;
        }
    }

    private void listen(InetSocketAddress address, @Nullable SSLContext tls) throws IOException {
        if (address.isUnresolved()) {
            throw new ListenException("cannot listen on " + address.getHostString() + ": no such host");
        }
        try {
            if (tls == null) {
                ServerSocketChannel channel = ServerSocketChannel.open();
                bound.add(channel);
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, BACKLOG);
                sockets.add(start(channel));
                addresses.add("http://" + text((InetSocketAddress) channel.getLocalAddress()));
            } else {
                AcceptingChannel<SslConnection> channel = new UndertowXnioSsl(xnio, OptionMap.EMPTY, tls)
                        .createSslConnectionServer(worker, address, accept(), socketOptions);
                tlsChannels.add(channel);
                addresses.add("https://" + text(channel.getLocalAddress(InetSocketAddress.class)));
            }
        } catch (IOException e) {
            throw new ListenException("cannot listen on " + text(address) + ": " + e.getMessage());
        }
    }

    private ChannelListener<AcceptingChannel<SslConnection>> accept() {
        return ChannelListeners.openListenerAdapter(http);
    }

    private void listen(@Nullable ServerSocketChannel inherited, @Nullable SSLContext tls) throws IOException {
        if (inherited == null) {
            return;
        }
        SocketAddress address = inherited.getLocalAddress();
        if (tls != null && address instanceof InetSocketAddress) {
            throw new ListenException("TLS needs --listen: it is not spoken on a TCP socket from systemd");
        }
        sockets.add(start(inherited));
        addresses.add(address instanceof InetSocketAddress internet ? "http://" + text(internet) : "unix:" + address);
    }

    private void listen(ServerOptions.@Nullable UnixSocket socket) throws IOException {
        if (socket == null) {
            return;
        }
        SocketFile made = SocketFile.bind(socket.path(), socket.mode(), socket.group());
        file = made;
        sockets.add(start(made.channel()));
        addresses.add("unix:" + made.path());
    }

    private SocketListener start(ServerSocketChannel channel) throws IOException {
        return SocketListener.start(
                worker, channel, http, new SocketLimits(maxConnections, SEND_BUFFER_BYTES, WRITE_TIMEOUT_MILLIS));
    }

    private static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where it listens, as URLs and paths that clients can use. */
    List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** Whoever comes from now on is turned away by the kernel; the socket's file is gone. */
    void stopAccepting() {
        tlsChannels.forEach(AcceptingChannel::suspendAccepts);
        tlsChannels.forEach(IoUtils::safeClose);
        sockets.forEach(SocketListener::stopAccepting);
        bound.forEach(IoUtils::safeClose);
        IoUtils.safeClose(file);
    }

    @Override
    public void close() {
        stopAccepting();
        sockets.forEach(SocketListener::close);
        worker.shutdownNow();
    }
}
