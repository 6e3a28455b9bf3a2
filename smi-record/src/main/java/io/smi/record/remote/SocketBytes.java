package io.smi.record.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** What a socket receives. Waits with a selector: the only way in Java to wait on a Unix socket for so long and no longer. */
final class SocketBytes extends ByteStream {
    private final SocketChannel channel;
    private final Selector selector;
    private final Duration silence;

    /** Takes the channel over, which is closed with this. */
    SocketBytes(SocketChannel channel, Duration silence) throws IOException {
        this.channel = channel;
        this.silence = silence;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        long deadline = System.nanoTime() + silence.toNanos();
        for (int count = channel.read(buffer); ; count = channel.read(buffer)) {
            if (count != 0) {
                return count;
            }
            await(deadline);
        }
    }

    private void await(long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SilenceException(silence);
        }
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException("closed", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    /** May be called from any thread: who reads then fails. */
    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
