package io.smi.record.remote;

import io.smi.record.Line;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames of another machine's {@code smi api}, as they are made: its {@code /events}, with as many connections as it
 * takes. After a break, what the server still has is asked for; what it has not any more is told and counted.
 *
 * <p>For one thread, but for {@link #close} and the counts.
 */
public final class RemoteFrames implements Closeable {
    private final RemoteAddress address;
    private final EventsRequest request;
    private final Transport transport;
    private final Consumer<String> notices;
    private final Sequence sequence;
    private final Backoff backoff;
    private final CountDownLatch closed = new CountDownLatch(1);

    private @Nullable Answer answer;
    private @Nullable EventReader events;
    private boolean connectedOnce;
    /** Since when there is no connection, on the clock of {@link System#nanoTime}; null while there is one. */
    private @Nullable Long lostNanos;

    private RemoteFrames(RemoteOptions options, Consumer<String> notices, Timing timing) {
        this.address = RemoteAddress.parse(options.from());
        this.request = EventsRequest.of(options, address, timing);
        this.transport = address.socket() == null
                ? new HttpTransport(address, options.caFile(), timing)
                : new UnixTransport(address.socket(), timing);
        this.notices = notices;
        this.sequence = new Sequence(options.throttle(), notices);
        this.backoff = new Backoff(timing);
    }

    /**
     * Frames of this machine. Nothing is connected before the first is asked for.
     *
     * @param notices told, one line each, when the connection is lost and when there is one again, and what is missing
     * @throws IllegalArgumentException with a message for the user that names {@code --from}, when nothing can listen
     *     there, or when the options contradict each other
     */
    public static RemoteFrames open(RemoteOptions options, Consumer<String> notices) {
        return open(options, notices, Timing.USUAL);
    }

    static RemoteFrames open(RemoteOptions options, Consumer<String> notices, Timing timing) {
        return new RemoteFrames(options, notices, timing);
    }

    /**
     * Waits for the next frame, through as many breaks as there are. Each has a larger {@code seq} than the last, unless
     * the server was started anew after its clock was set back, which is a notice.
     *
     * @return its JSON as the server wrote it, on one line; null when closed
     * @throws IOException with a message for the user, when the first connection fails, or the server refuses us (a status
     *     of 4xx) at any. There is no use in going on then
     */
    public @Nullable Line next() throws IOException, InterruptedException {
        while (!isClosed()) {
            try {
                Line line = read();
                if (line != null) {
                    backoff.reset();
                    return line;
                }
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!isClosed()) {
                    lost(e);
                }
            }
        }
        return null;
    }

    /**
     * Goes on after a frame that is kept elsewhere, as after a break: with what the server has of those since, and what it has
     * not any more is told and counted. From the next call of {@link #next} on, and whatever that has given before.
     *
     * @param seq the frame's
     */
    public void after(long seq) {
        disconnect();
        sequence.after(seq);
    }

    /** Goes on by one step; null when that brought no frame. */
    private @Nullable Line read() throws IOException, InterruptedException {
        if (events == null) {
            connect();
            return null;
        }
        Event event = events.next();
        if (event == null) {
            throw new IOException(
                    sequence.isDraining() ? "the server ended the stream" : "the server closed the connection");
        }
        return sequence.take(event);
    }

    private void connect() throws IOException, InterruptedException {
        Answer given = transport.get(request.after(sequence.last()));
        answer = given;
        events = new EventReader(given.events());
        sequence.connected();
        boolean again = connectedOnce;
        connectedOnce = true;
        if (lostNanos != null) {
            Duration away = Duration.ofNanos(System.nanoTime() - lostNanos);
            lostNanos = null;
            notices.accept("connected to " + address.name() + (again ? " again" : "") + " after " + Text.seconds(away));
        }
    }

    /** Tells it once, however many attempts fail, and waits until the next attempt. */
    private void lost(IOException failure) throws IOException, InterruptedException {
        disconnect();
        Duration busy = failure instanceof RefusedException refused ? refused.comeBackAfter() : null;
        boolean comeBack = failure instanceof RefusedException ? busy != null : connectedOnce;
        if (!comeBack) {
            throw new IOException(address.name() + ": " + Text.reason(failure), failure);
        }
        long wait = backoff.nextMillis(busy == null ? 0 : busy.toMillis());
        if (lostNanos == null) {
            lostNanos = System.nanoTime();
            notices.accept((connectedOnce ? "lost " : "not connected to ") + address.name() + ": "
                    + Text.reason(failure) + "; trying again, first in " + Text.seconds(Duration.ofMillis(wait)));
        }
        closed.await(wait, TimeUnit.MILLISECONDS);
    }

    private void disconnect() {
        if (events != null && events.retryMillis() >= 0) {
            backoff.first(events.retryMillis());
        }
        events = null;
        Answer old = answer;
        answer = null;
        if (old != null) {
            try {
                old.body().close();
            } catch (IOException e) {
                // It was given up, and why is known.
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Frames so far that the server made and we have not got, as far as that can be known. */
    public long missed() {
        return sequence.missed();
    }

    /** How often the server was found to have been started anew, so that nobody knows what is missing. */
    public long restarts() {
        return sequence.restarts();
    }

    /** Ends it: {@link #next} returns null soon. May be called from any thread, and more than once. */
    @Override
    public void close() {
        closed.countDown();
        transport.close();
    }
}
