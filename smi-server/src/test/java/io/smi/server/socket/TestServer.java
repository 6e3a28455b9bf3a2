package io.smi.server.socket;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.xnio.OptionMap;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** One listener with Undertow behind it. */
final class TestServer implements AutoCloseable {
    static final SocketLimits LIMITS = new SocketLimits(2000, 65_536, 30_000);
    static final int NO_REQUEST_MILLIS = 60_000;

    final SocketListener listener;
    private final XnioWorker worker;
    private final ServerSocketChannel channel;
    private final SocketAddress address;

    TestServer(ServerSocketChannel channel, SocketAddress address, SocketLimits limits, HttpHandler handler)
            throws IOException {
        this(channel, address, limits, NO_REQUEST_MILLIS, handler);
    }

    TestServer(
            ServerSocketChannel channel,
            SocketAddress address,
            SocketLimits limits,
            int requestMillis,
            HttpHandler handler)
            throws IOException {
        this.channel = channel;
        this.address = address;
        worker = worker();
        HttpOpenListener open = new HttpOpenListener(
                new DefaultByteBufferPool(true, 8192),
                OptionMap.builder()
                        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, requestMillis)
                        .set(UndertowOptions.NO_REQUEST_TIMEOUT, requestMillis)
                        .getMap());
        open.setRootHandler(new ClosedConnections(new UnixAddresses(handler)));
        listener = SocketListener.start(worker, channel, open, limits);
    }

    static XnioWorker worker() {
        return Xnio.getInstance()
                .createWorkerBuilder()
                .setWorkerIoThreads(1)
                .setCoreWorkerPoolSize(1)
                .setMaxWorkerPoolSize(2)
                .setDaemon(true)
                .build();
    }

    RawClient connect() throws IOException {
        return new RawClient(address);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        channel.close();
        worker.shutdown();
    }
}
