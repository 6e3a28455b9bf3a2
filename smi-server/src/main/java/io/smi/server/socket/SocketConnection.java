package io.smi.server.socket;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.Option;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * One accepted socket as XNIO sees it: the connection and, to be small, both its conduits. For a Unix socket both
 * addresses are the unnamed one, as that of its client is; for an internet socket they are what they are.
 */
final class SocketConnection extends StreamConnection
        implements IoThread.Ready, StreamSourceConduit, StreamSinkConduit {
    private static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    /** The longest a blocked thread goes without looking whether the connection was closed under it. */
    private static final long AWAIT_MILLIS = 1_000;

    private final IoThread ioThread;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final SocketAddress peerAddress;
    private final SocketAddress localAddress;
    private volatile int writeTimeoutMillis;
    private final Runnable onClose;
    private @Nullable ReadReadyHandler readHandler;
    private @Nullable WriteReadyHandler writeHandler;

    /**
     * @param channel connected and non-blocking
     * @param writeTimeoutMillis for Undertow, who asks for it; 0 for none
     * @param onClose run once, by the thread that closes
     */
    SocketConnection(IoThread ioThread, SocketChannel channel, int writeTimeoutMillis, Runnable onClose)
            throws IOException {
        super(ioThread);
        this.ioThread = ioThread;
        this.channel = channel;
        this.writeTimeoutMillis = writeTimeoutMillis;
        this.onClose = onClose;
        boolean unix = channel.getRemoteAddress() instanceof UnixDomainSocketAddress;
        peerAddress = unix ? UNNAMED : channel.getRemoteAddress();
        localAddress = unix ? UNNAMED : channel.getLocalAddress();
        key = ioThread.register(channel, 0, this);
        setSourceConduit(this);
        setSinkConduit(this);
    }

    @Override
    public void ready(int ops) {
        if ((ops & SelectionKey.OP_READ) != 0 && isOpen()) {
            if (isReadShutdown()) {
                suspendReads(); // the end stays readable for ever, once is enough
            }
            if (readHandler != null) {
                readHandler.readReady();
            }
        }
        if ((ops & SelectionKey.OP_WRITE) != 0 && isOpen()) {
            if (isWriteShutdown()) {
                suspendWrites();
            }
            if (writeHandler != null) {
                writeHandler.writeReady();
            }
        }
    }

    @Override
    public SocketAddress getPeerAddress() {
        return peerAddress;
    }

    @Override
    public SocketAddress getLocalAddress() {
        return localAddress;
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return option.equals(Options.WRITE_TIMEOUT);
    }

    @Override
    public <T> @Nullable T getOption(Option<T> option) {
        return option.equals(Options.WRITE_TIMEOUT) ? option.cast(writeTimeoutMillis) : null;
    }

    /** A stream whose client may take its time has none. */
    @Override
    public <T> @Nullable T setOption(Option<T> option, @Nullable T value) {
        if (!supportsOption(option)) {
            return null;
        }
        T before = getOption(option);
        writeTimeoutMillis = value == null ? 0 : Options.WRITE_TIMEOUT.cast(value);
        return before;
    }

    @Override
    protected void closeAction() throws IOException {
        try {
            channel.close();
        } finally {
            ioThread.wakeup(); // the kernel's side is closed when the selector has let go of it
            onClose.run();
        }
    }

    @Override
    protected void notifyReadClosed() {
        if (readHandler != null) {
            readHandler.terminated();
        }
    }

    @Override
    protected void notifyWriteClosed() {
        if (writeHandler != null) {
            writeHandler.terminated();
        }
    }

    private void resume(int op) {
        try {
            if ((key.interestOpsOr(op) & op) == 0) {
                ioThread.wakeup();
            }
        } catch (CancelledKeyException e) {
            // Closed: its handlers have been told.
        }
    }

    private void suspend(int op) {
        try {
            key.interestOpsAnd(~op);
        } catch (CancelledKeyException e) {
            // Closed: there is nothing to suspend.
        }
    }

    private boolean isResumed(int op) {
        try {
            return (key.interestOps() & op) != 0;
        } catch (CancelledKeyException e) {
            return false;
        }
    }

    /** For handlers that block, on a thread of the worker. May come back early, as its contract allows. */
    private void await(int op, long millis) throws IOException {
        Xnio.checkBlockingAllowed();
        try (Selector selector = Selector.open()) {
            channel.register(selector, op);
            selector.select(Math.clamp(millis, 1, AWAIT_MILLIS));
        } catch (ClosedChannelException e) {
            // The next read or write says so.
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int bytes;
        try {
            bytes = channel.read(target);
        } catch (ClosedChannelException e) {
            return -1;
        }
        if (bytes == -1) {
            terminateReads();
        }
        return bytes;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long bytes;
        try {
            bytes = channel.read(targets, offset, length);
        } catch (ClosedChannelException e) {
            return -1;
        }
        if (bytes == -1) {
            terminateReads();
        }
        return bytes;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(channel, position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, throughBuffer, target);
    }

    @Override
    public void terminateReads() throws IOException {
        if (readClosed()) {
            suspend(SelectionKey.OP_READ);
            try {
                if (isOpen()) {
                    channel.shutdownInput();
                }
            } catch (ClosedChannelException e) {
                // Closed by another thread, which is more than was asked for.
            } finally {
                notifyReadClosed();
            }
        }
    }

    @Override
    public void resumeReads() {
        resume(SelectionKey.OP_READ);
    }

    @Override
    public void suspendReads() {
        suspend(SelectionKey.OP_READ);
    }

    @Override
    public void wakeupReads() {
        resumeReads();
        ioThread.execute(() -> ready(SelectionKey.OP_READ));
    }

    @Override
    public boolean isReadResumed() {
        return isResumed(SelectionKey.OP_READ);
    }

    @Override
    public void awaitReadable() throws IOException {
        await(SelectionKey.OP_READ, AWAIT_MILLIS);
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        await(SelectionKey.OP_READ, unit.toMillis(time));
    }

    @Override
    public XnioIoThread getReadThread() {
        return ioThread;
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        readHandler = handler;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return channel.write(sources, offset, length);
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        return Conduits.writeFinalBasic(this, source);
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, sources, offset, length);
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        return source.transferTo(position, count, channel);
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return Conduits.transfer(source, count, throughBuffer, this);
    }

    /** What was written is in the kernel. */
    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void terminateWrites() throws IOException {
        if (writeClosed()) {
            suspend(SelectionKey.OP_WRITE);
            try {
                if (isOpen()) {
                    channel.shutdownOutput();
                }
            } catch (ClosedChannelException e) {
                // Closed by another thread, which is more than was asked for.
            } finally {
                notifyWriteClosed();
            }
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        terminateWrites();
    }

    @Override
    public void resumeWrites() {
        resume(SelectionKey.OP_WRITE);
    }

    @Override
    public void suspendWrites() {
        suspend(SelectionKey.OP_WRITE);
    }

    @Override
    public void wakeupWrites() {
        resumeWrites();
        ioThread.execute(() -> ready(SelectionKey.OP_WRITE));
    }

    @Override
    public boolean isWriteResumed() {
        return isResumed(SelectionKey.OP_WRITE);
    }

    @Override
    public void awaitWritable() throws IOException {
        await(SelectionKey.OP_WRITE, AWAIT_MILLIS);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        await(SelectionKey.OP_WRITE, unit.toMillis(time));
    }

    @Override
    public XnioIoThread getWriteThread() {
        return ioThread;
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        writeHandler = handler;
    }
}
