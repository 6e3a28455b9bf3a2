package io.smi.server.stream;

import io.smi.core.live.LiveFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One frame as events. While it is the newest, each part of it that anybody wants is made once. */
public final class FrameEvents {
    private final LiveFrame frame;
    private final List<DeviceEvent> devices;
    private final Map<Selection, byte[]> snapshots = new ConcurrentHashMap<>();
    private final Map<Part, byte[]> withDevices = new ConcurrentHashMap<>();
    private volatile boolean old;

    /** What became of the GPUs, with the frame itself or without. */
    private record Part(Selection selection, boolean snapshot) {}

    FrameEvents(LiveFrame frame, List<DeviceEvent> devices) {
        this.frame = frame;
        this.devices = List.copyOf(devices);
    }

    /** The frame. */
    public LiveFrame frame() {
        return frame;
    }

    /**
     * What there is to tell those who want this part of the frame; null when nothing.
     *
     * @param tellDevices whether they are told what became of its GPUs
     * @param snapshot whether they are sent the frame itself
     * @return shared: not to be changed
     */
    byte @Nullable [] of(Selection selection, boolean tellDevices, boolean snapshot) {
        if (tellDevices && concerns(selection)) {
            Part part = new Part(selection, snapshot);
            return old ? make(part) : withDevices.computeIfAbsent(part, this::make);
        }
        return snapshot ? snapshot(selection) : null;
    }

    /** Whether every section of it was read. */
    boolean hasAll(Selection selection) {
        return frame.frame().sections().containsAll(selection.sections());
    }

    private byte[] snapshot(Selection selection) {
        byte[] made = snapshots.get(selection);
        if (made != null) {
            return made;
        }
        return old && selection.devices() != null ? make(selection) : snapshots.computeIfAbsent(selection, this::make);
    }

    private boolean concerns(Selection selection) {
        for (DeviceEvent event : devices) {
            if (selection.has(event.device())) {
                return true;
            }
        }
        return false;
    }

    private byte[] make(Selection selection) {
        return Events.snapshot(frame.seq(), frame.encoded().bytes(selection.sections(), selection.devices()));
    }

    private byte[] make(Part part) {
        List<byte[]> events = new ArrayList<>();
        for (DeviceEvent event : devices) {
            if (part.selection().has(event.device())) {
                events.add(event.bytes());
            }
        }
        if (part.snapshot()) {
            events.add(snapshot(part.selection()));
        }
        return Events.join(events);
    }

    /**
     * A newer one has come: what only single clients want of this one must not pile up in the ring. Clients of all
     * devices share a few, which those want who have not had their turn yet.
     */
    void retire() {
        old = true;
        withDevices.clear();
        snapshots.keySet().removeIf(selection -> selection.devices() != null);
    }
}
