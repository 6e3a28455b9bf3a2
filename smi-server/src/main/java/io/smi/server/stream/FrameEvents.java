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
    private final Map<Part, byte[]> parts = new ConcurrentHashMap<>();
    private volatile boolean old;

    private record Part(Selection selection, boolean devices, boolean snapshot) {}

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
        boolean hasDevices = tellDevices && concerns(selection);
        if (!hasDevices && !snapshot) {
            return null;
        }
        Part part = new Part(selection, hasDevices, snapshot);
        return old ? make(part) : parts.computeIfAbsent(part, this::make);
    }

    private boolean concerns(Selection selection) {
        for (DeviceEvent event : devices) {
            if (selection.has(event.device())) {
                return true;
            }
        }
        return false;
    }

    private byte[] make(Part part) {
        Selection selection = part.selection();
        List<byte[]> events = new ArrayList<>();
        if (part.devices()) {
            for (DeviceEvent event : devices) {
                if (selection.has(event.device())) {
                    events.add(event.bytes());
                }
            }
        }
        if (part.snapshot()) {
            byte[] json = frame.encoded().bytes(selection.sections(), selection.devices());
            events.add(Events.snapshot(frame.seq(), json));
        }
        return events.size() == 1 ? events.get(0) : Events.join(events);
    }

    /** A newer one has come: few want this one yet, and what each of them wants must not pile up in the ring. */
    void retire() {
        old = true;
        parts.clear();
    }
}
