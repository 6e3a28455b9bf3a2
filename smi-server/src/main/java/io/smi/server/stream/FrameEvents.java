package io.smi.server.stream;

import io.smi.core.live.LiveFrame;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One frame as events, each part of it that anybody wants made once. */
public final class FrameEvents {
    private final LiveFrame frame;
    private final List<DeviceEvent> devices;
    private final Map<Selection, byte[]> snapshots = new ConcurrentHashMap<>();

    FrameEvents(LiveFrame frame, List<DeviceEvent> devices) {
        this.frame = frame;
        this.devices = List.copyOf(devices);
    }

    /** The frame. */
    public LiveFrame frame() {
        return frame;
    }

    List<DeviceEvent> devices() {
        return devices;
    }

    /** The {@code snapshot} event of this part of the frame. Shared: not to be changed. */
    byte[] snapshot(Selection selection) {
        byte[] made = snapshots.get(selection);
        return made != null ? made : snapshots.computeIfAbsent(selection, this::make);
    }

    private byte[] make(Selection selection) {
        return Events.snapshot(frame.seq(), frame.encoded().bytes(selection.sections(), selection.devices()));
    }
}
