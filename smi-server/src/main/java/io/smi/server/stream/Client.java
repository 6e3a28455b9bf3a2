package io.smi.server.stream;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * One stream: a place in the ring, and the event that is being written. All of it happens on its connection's I/O
 * thread.
 */
final class Client {
    private static final Logger LOG = Logger.getLogger(Client.class);

    /** A stray line end is no reason to end a stream; what goes on for longer is not meant for it. */
    private static final int MOST_HEARD_BYTES = 1024;

    /** How long one that has grown old, and does not read, is waited for. */
    private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Hub hub;
    private final Group group;
    private final HttpServerExchange exchange;
    private final StreamRequest request;
    private final StreamConnection connection;
    private final StreamSinkChannel sink;
    private final long slackNanos;
    private final boolean wantsSnapshots;
    private final boolean wantsDevices;
    private final boolean wantsState;
    private final boolean wantsHeartbeats;
    /** Takes events without the layers of HTTP, which add nothing to them; null where TLS does. */
    private final @Nullable StreamSinkConduit direct;

    private boolean headersSent;

    private int place;
    /** The next frame to send. */
    private long next;
    /** Before this moment of {@link System#nanoTime} no frame is due for a throttled client; 0 before its first. */
    private long dueNanos;

    /** Whether a frame has come that holds all sections it wants: its first may be nobody's until then. */
    private boolean complete;
    /** Frames before that one. */
    private long skipped;

    private byte @Nullable [] event;
    private int written;
    private boolean blocked;
    private long blockedNanos;
    private int heldBytes;
    /** Whether it is told when the kernel takes more. */
    private boolean listening;

    private boolean gone;
    /** Whether it was told that its stream ends, which nothing follows: it may begin to end between any two steps. */
    private boolean toldEnd;

    private long sentNanos;
    private long beatNanos;
    private long endNanos;
    private boolean expired;
    /** Bytes that came after the request. */
    private int heard;

    Client(Hub hub, Group group, HttpServerExchange exchange, StreamRequest request) {
        this.hub = hub;
        this.group = group;
        this.exchange = exchange;
        this.request = request;
        this.sink = exchange.getResponseChannel();
        this.slackNanos = hub.interval().toNanos() / 2;
        this.wantsSnapshots = request.kinds().contains(EventKind.SNAPSHOT);
        this.wantsDevices = request.kinds().contains(EventKind.DEVICE);
        this.wantsState = request.kinds().contains(EventKind.SERVER);
        this.wantsHeartbeats = request.kinds().contains(EventKind.HEARTBEAT);
        this.connection = ((HttpServerConnection) exchange.getConnection()).getChannel();
        this.direct = connection instanceof StreamSinkConduit socket ? socket : null;
    }

    StreamRequest request() {
        return request;
    }

    int place() {
        return place;
    }

    void place(int index) {
        place = index;
    }

    void start() {
        long now = System.nanoTime();
        sentNanos = now;
        beatNanos = now + request.heartbeatNanos();
        Duration maxAge = hub.maxAge();
        if (maxAge != null) {
            // Not all at once: those who came together would come back together.
            endNanos = now + maxAge.toNanos() - ThreadLocalRandom.current().nextLong(maxAge.toNanos() / 10 + 1);
        }
        exchange.addExchangeCompleteListener((same, nextListener) -> {
            leave();
            nextListener.proceed();
        });
        sink.getWriteSetter().set(channel -> {
            unblock();
            pump();
        });
        watchForHangUp();
        event = opening();
        pump();
    }

    /** What a client sends after its request says nothing, until it hangs up: that is noticed at once. */
    private void watchForHangUp() {
        try {
            // One that stops reading may take its time: it costs no more than one frame.
            connection.setOption(Options.WRITE_TIMEOUT, 0);
        } catch (IOException e) {
            close();
            return;
        }
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        source.setReadListener(channel -> {
            try {
                int count = channel.read(group.discarded());
                heard += count;
                if (count < 0 || heard > MOST_HEARD_BYTES) {
                    close();
                }
            } catch (IOException e) {
                close();
            }
        });
        source.resumeReads();
    }

    /** Where it starts, and what it is told about that. */
    private byte[] opening() {
        FrameBus bus = hub.bus();
        long head = bus.head();
        Long last = request.last();
        next = Math.max(head, bus.first());
        boolean restarted = last != null && (last < bus.first() || last > head);
        byte[] state = wantsState ? restarted ? Events.RESTARTED : Events.NORMAL : new byte[0];
        if (last == null || restarted) {
            return Events.join(Events.RETRY, state);
        }
        if (request.replay()) {
            next = Math.max(last + 1, head - FrameBus.RING + 1);
        }
        long missed = next - last - 1;
        return missed > 0 ? Events.join(Events.RETRY, state, lag(missed)) : Events.join(Events.RETRY, state);
    }

    private byte[] lag(long missed) {
        hub.dropped(missed);
        return Events.lag(missed);
    }

    /** Writes what there is, until there is nothing or the kernel takes no more. */
    void pump() {
        if (gone || blocked) {
            return;
        }
        try {
            for (byte[] now = event != null ? event : take(); now != null; now = take()) {
                if (!write(now)) {
                    block(now);
                    return;
                }
                event = null;
            }
            if (toldEnd) {
                end();
            } else if (direct == null && !sink.flush()) {
                // TLS holds the end of a record that the kernel has not taken yet.
                tellWhenWritable();
            } else if (listening) {
                listening = false;
                sink.suspendWrites();
            }
        } catch (IOException e) {
            close();
        } catch (RuntimeException | Error e) {
            // Whatever it is, it must not keep the others from their frames.
            LOG.errorf(e, "a stream to %s failed", exchange.getConnection().getPeerAddress());
            close();
        }
    }

    /** The kernel takes no more: this event is held until it does. */
    private void block(byte[] now) {
        event = now;
        blocked = true;
        heldBytes = now.length;
        blockedNanos = System.nanoTime();
        tellWhenWritable();
        if (hub.hold(heldBytes)) {
            group.closeLongestBlocked();
        }
    }

    private void unblock() {
        blocked = false;
        hub.letGo(heldBytes);
        heldBytes = 0;
    }

    /** Since when it waits for its client to read, on the clock of {@link System#nanoTime}; null when it does not. */
    @Nullable
    Long blockedNanos() {
        return heldBytes == 0 ? null : blockedNanos;
    }

    private void tellWhenWritable() {
        listening = true;
        sink.resumeWrites();
    }

    /** Writes on; whether the event is written to its end. */
    private boolean write(byte[] now) throws IOException {
        ByteBuffer rest = group.buffer(now, written);
        if (direct != null && headersSent) {
            direct.write(rest);
        } else {
            sink.write(rest);
        }
        boolean whole = !rest.hasRemaining();
        written = whole ? 0 : rest.position();
        headersSent |= whole;
        return whole;
    }

    /** What is to be written next; null when there is nothing. */
    private byte @Nullable [] take() {
        if (toldEnd) {
            return null;
        }
        if (isEnding()) {
            toldEnd = true;
            return wantsState ? Events.DRAINING : null;
        }
        FrameBus bus = hub.bus();
        while (next <= bus.head()) {
            FrameEvents frame = bus.get(next);
            if (frame == null) {
                long missed = bus.head() - next;
                next += missed;
                return lag(missed);
            }
            if (!complete) {
                complete = hub.isComplete(frame, request.selection());
                if (!complete) {
                    next++;
                    skipped++;
                    continue;
                }
                if (skipped > 0 && request.last() != null) {
                    return lag(skipped);
                }
            }
            next++;
            byte[] events = events(frame);
            if (events != null) {
                sentNanos = System.nanoTime();
                return events;
            }
        }
        return null;
    }

    private boolean isEnding() {
        return expired || hub.isDraining();
    }

    /** What this client is to be told of a frame; null when nothing. */
    private byte @Nullable [] events(FrameEvents frame) {
        boolean snapshot = wantsSnapshots && isDue(frame.nanos());
        if (snapshot) {
            hub.sent();
        }
        return frame.of(request.selection(), wantsDevices, snapshot);
    }

    /** Half an interval early is not early: no frame is left out because a tick came a little sooner than the last. */
    private boolean isDue(long nanos) {
        long throttle = request.throttleNanos();
        if (throttle == 0) {
            return true;
        }
        if (dueNanos != 0 && nanos - dueNanos < -slackNanos) {
            return false;
        }
        boolean onTime = dueNanos != 0 && nanos - dueNanos < throttle;
        dueNanos = onTime ? dueNanos + throttle : nanos + throttle;
        return true;
    }

    /** From time to time: what is to be sent when there is nothing to send. */
    void beat(long now) {
        if (hub.maxAge() != null && now - endNanos >= 0) {
            expired = true;
            if (blocked && now - endNanos >= LAST_WORDS_NANOS) {
                close();
            }
        }
        if (gone || blocked) {
            return;
        }
        if (!expired) {
            event = signOfLife(now);
        }
        if (expired || event != null) {
            pump();
        }
    }

    private byte @Nullable [] signOfLife(long now) {
        if (wantsHeartbeats && now - beatNanos >= 0) {
            beatNanos = Math.max(beatNanos + request.heartbeatNanos(), now);
            sentNanos = now;
            return Events.HEARTBEAT;
        }
        if (now - sentNanos >= request.heartbeatNanos()) {
            sentNanos = now;
            return Events.KEEP_ALIVE;
        }
        return null;
    }

    private void end() throws IOException {
        sink.shutdownWrites();
        if (sink.flush()) {
            finish();
        } else {
            blocked = true;
            sink.getWriteSetter()
                    .set(ChannelListeners.flushingChannelListener(channel -> finish(), (channel, e) -> close()));
            sink.resumeWrites();
        }
    }

    private void finish() {
        leave();
        exchange.endExchange();
    }

    void close() {
        leave();
        IoUtils.safeClose(exchange.getConnection());
    }

    private void leave() {
        if (!gone) {
            gone = true;
            event = null;
            unblock();
            group.remove(this);
        }
    }
}
