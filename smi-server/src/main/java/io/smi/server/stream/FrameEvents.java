package io.smi.server.stream;

import io.smi.core.live.LiveFrame;
import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One frame as events. While it is new, what many want of it is made once; it holds on to little more than the frame
 * itself, whatever clients ask for.
 */
final class FrameEvents {
    /** Of a small frame, that many bytes are kept beside twice its own. */
    private static final int LEAST_KEPT_BYTES = 64 << 10;

    private final long seq;
    private final long nanos;
    private final Set<Section> sections;
    private final EncodedFrame encoded;
    private final List<DeviceEvent> devices;
    private final Map<Selection, byte[]> snapshots = new ConcurrentHashMap<>();
    private final Map<Part, byte[]> withDevices = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();
    private volatile boolean old;

    /** What became of the GPUs, with the frame itself or without. */
    private record Part(Selection selection, boolean snapshot) {}

    FrameEvents(LiveFrame frame, List<DeviceEvent> devices) {
        this.seq = frame.seq();
        this.nanos = frame.nanos();
        this.sections = frame.frame().sections();
        this.encoded = frame.encoded();
        this.devices = List.copyOf(devices);
    }

    long seq() {
        return seq;
    }

    /** See {@link LiveFrame#nanos}. */
    long nanos() {
        return nanos;
    }

    /** Whether every section of it was read. */
    boolean hasAll(Selection selection) {
        return sections.containsAll(selection.sections());
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
            byte[] made = withDevices.get(part);
            return made != null ? made : kept(withDevices, part, make(part));
        }
        return snapshot ? snapshot(selection) : null;
    }

    private byte[] snapshot(Selection selection) {
        byte[] made = snapshots.get(selection);
        return made != null ? made : kept(snapshots, selection, make(selection));
    }

    /** For the next who wants the same, if there is room. */
    private <K> byte[] kept(Map<K, byte[]> map, K key, byte[] made) {
        long most = 2L * encoded.bytes().length + LEAST_KEPT_BYTES;
        if (old || keptBytes.addAndGet(made.length) > most) {
            return made;
        }
        byte[] other = map.putIfAbsent(key, made);
        return other == null ? made : other;
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
        return Events.snapshot(seq, encoded.bytes(selection.sections(), selection.devices()));
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

    /** Newer ones have come, and hardly anybody wants this one yet. */
    void retire() {
        old = true;
        snapshots.clear();
        withDevices.clear();
    }
}
