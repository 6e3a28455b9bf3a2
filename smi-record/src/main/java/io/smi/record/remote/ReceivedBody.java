package io.smi.record.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response of Java's HTTP client, as it comes. Unlike the client's own it does not wait for ever: on a
 * stream, that nothing comes is the only sign of a connection that is dead.
 */
final class ReceivedBody extends ByteStream implements HttpResponse.BodySubscriber<InputStream> {
    /** What the client hands over at once; null is the end, with what went wrong or nothing. */
    private record Part(
            @Nullable List<ByteBuffer> buffers, @Nullable Throwable failure) {}

    private final Duration silence;
    /** Never more than one that holds bytes: the next is asked for when the last is used up. */
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final ArrayDeque<ByteBuffer> buffers = new ArrayDeque<>();
    /** Whether a part is on its way; the first is asked for at the subscription. */
    private boolean asked = true;

    private @Nullable Part end;
    private volatile boolean closed;

    ReceivedBody(Duration silence) {
        this.silence = silence;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.complete(given) || closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part(buffers, null));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part(null, failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(null, null));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (!closed && end == null) {
            ByteBuffer buffer = buffers.peek();
            if (buffer == null) {
                receive();
            } else if (!buffer.hasRemaining()) {
                buffers.remove();
            } else {
                int count = Math.min(length, buffer.remaining());
                buffer.get(into, offset, count);
                return count;
            }
        }
        if (closed) {
            throw new IOException("closed");
        }
        if (end != null && end.failure() != null) {
            throw new IOException("the connection broke", end.failure());
        }
        return -1;
    }

    private void receive() throws IOException {
        if (!asked) {
            asked = true;
            subscription.join().request(1);
        }
        Part part;
        try {
            part = parts.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (part == null) {
            throw new SilenceException(silence);
        }
        if (part.buffers() == null) {
            end = part;
        } else {
            buffers.addAll(part.buffers());
            asked = false;
        }
    }

    /** May be called from any thread: who reads then fails. */
    @Override
    public void close() {
        closed = true;
        parts.add(new Part(null, null));
        Flow.Subscription given = subscription.getNow(null);
        if (given != null) {
            given.cancel();
        }
    }
}
