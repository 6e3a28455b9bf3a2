package io.smi.server.socket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;

/**
 * Accepts the connections of one listening socket, Unix or internet, and serves them on a thread of its own. The
 * listening socket is the caller's to close.
 */
public final class SocketListener implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SocketListener.class.getName());

    /** Connections accepted before the others are looked at again. */
    private static final int BATCH = 64;

    /** How long to leave clients waiting when the process has no file descriptor left. */
    private static final long BACKOFF_MILLIS = 250;

    private final ServerSocketChannel server;
    private final ChannelListener<? super StreamConnection> openListener;
    private final SocketLimits limits;
    private final IoThread ioThread;
    private final SelectionKey acceptKey;
    private final AtomicInteger openConnections = new AtomicInteger();
    private final AtomicLong refusedConnections = new AtomicLong();

    /** Used by the I/O thread only. */
    private boolean backedOff;

    private SocketListener(
            XnioWorker worker,
            ServerSocketChannel server,
            ChannelListener<? super StreamConnection> openListener,
            SocketLimits limits)
            throws IOException {
        this.server = server;
        this.openListener = openListener;
        this.limits = limits;
        server.configureBlocking(false);
        ioThread = new IoThread(worker, "smi-socket");
        acceptKey = ioThread.register(server, 0, ops -> acceptBatch());
    }

    /**
     * Starts to accept.
     *
     * @param worker for the handlers that are dispatched
     * @param server bound
     * @param openListener Undertow's, given every connection on its I/O thread
     */
    public static SocketListener start(
            XnioWorker worker,
            ServerSocketChannel server,
            ChannelListener<? super StreamConnection> openListener,
            SocketLimits limits)
            throws IOException {
        SocketListener listener = new SocketListener(worker, server, openListener, limits);
        listener.acceptKey.interestOps(SelectionKey.OP_ACCEPT);
        listener.ioThread.start();
        return listener;
    }

    private void acceptBatch() {
        for (int i = 0; i < BATCH; i++) {
            SocketChannel channel;
            try {
                channel = server.accept();
            } catch (IOException e) {
                backOff(e);
                return;
            }
            if (channel == null) {
                backedOff = false;
                return;
            }
            if (openConnections.incrementAndGet() > limits.maxConnections()) {
                openConnections.decrementAndGet();
                refusedConnections.incrementAndGet();
                IoUtils.safeClose(channel);
            } else {
                open(channel);
            }
        }
    }

    /** The socket stays ready, so without a pause a process that is out of file descriptors would spin. */
    private void backOff(IOException e) {
        if (!acceptKey.isValid()) {
            return;
        }
        acceptKey.interestOps(0);
        ioThread.executeAfter(this::resumeAccepting, BACKOFF_MILLIS, TimeUnit.MILLISECONDS);
        if (!backedOff) {
            backedOff = true;
            LOG.log(Level.WARNING, "cannot accept connections for the moment: {0}", e.getMessage());
        }
    }

    private void resumeAccepting() {
        if (acceptKey.isValid()) {
            acceptKey.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void open(SocketChannel channel) {
        SocketConnection connection;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, limits.sendBuffer());
            if (channel.getRemoteAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            connection = new SocketConnection(
                    ioThread, channel, limits.writeTimeoutMillis(), openConnections::decrementAndGet);
        } catch (IOException e) {
            openConnections.decrementAndGet();
            IoUtils.safeClose(channel);
            return;
        }
        if (!ChannelListeners.invokeChannelListener(connection, openListener)) {
            IoUtils.safeClose(connection);
        }
    }

    public int openConnections() {
        return openConnections.get();
    }

    /** How many were hung up on because there were too many. */
    public long refusedConnections() {
        return refusedConnections.get();
    }

    /** Leaves further clients to the listening socket's queue; open connections live on. */
    public void stopAccepting() {
        acceptKey.cancel();
        ioThread.wakeup();
    }

    /** Closes every connection and ends the thread. */
    @Override
    public void close() {
        stopAccepting();
        ioThread.shutdown();
    }
}
