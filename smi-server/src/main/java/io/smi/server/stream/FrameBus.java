package io.smi.server.stream;

import io.smi.core.live.LiveFrame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame, and the last ones as events, in a ring. One thread publishes; any may look. Nobody who looks can hold up the publisher or keep a
 * frame in the ring.
 */
public final class FrameBus {
    /** How many frames a client may be behind. */
    public static final int RING = 16;

    private final AtomicReferenceArray<@Nullable FrameEvents> ring = new AtomicReferenceArray<>(RING);
    private final DeviceWatch devices = new DeviceWatch();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final long first;
    private volatile long head;
    private volatile @Nullable LiveFrame newest;

    /** A bus whose first frame will have this number. */
    public FrameBus(long first) {
        this.first = first;
        this.head = first - 1;
    }

    /** Adds a frame, whose number is the next one. */
    public void publish(LiveFrame frame) {
        ring.set(slot(frame.seq()), new FrameEvents(frame, devices.next(frame.frame())));
        newest = frame;
        head = frame.seq();
        FrameEvents old = get(frame.seq() - 2);
        if (old != null) {
            old.retire();
        }
        listeners.forEach(Runnable::run);
    }

    /** Runs this, on the publisher's thread, whenever a frame was published. */
    public void onFrame(Runnable listener) {
        listeners.add(listener);
    }

    /** The number that the first frame has or will have. */
    public long first() {
        return first;
    }

    /** The newest frame's number; that of the first less 1 when there is none. */
    public long head() {
        return head;
    }

    /** How many frames there have been. */
    public long count() {
        return head - first + 1;
    }

    /** The newest frame; null when there is none. */
    public @Nullable LiveFrame newest() {
        return newest;
    }

    /** The frame of this number; null when it is no longer, or not yet, in the ring. */
    @Nullable
    FrameEvents get(long seq) {
        FrameEvents events = ring.get(slot(seq));
        return events == null || events.seq() != seq ? null : events;
    }

    private static int slot(long seq) {
        return (int) (seq % RING);
    }
}
