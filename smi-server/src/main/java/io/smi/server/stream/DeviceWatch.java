package io.smi.server.stream;

import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Xid;
import io.smi.server.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Compares the GPUs of each frame with those known before: one came, went, or changed its state, the reasons it is
 * throttled for, or its count of XID errors. Devices without an identity are not told of. For one thread.
 */
final class DeviceWatch {
    private static final String ADDED = "device.added";
    private static final String REMOVED = "device.removed";
    private static final String UPDATED = "device.updated";

    private @Nullable Map<String, Gpu> known;
    /** Whether any frame so far has told of all GPUs: until then, one that is seen first need not be new. */
    private boolean knowsAll;

    /** A key whose value has changed, with the old value and the new one. */
    private record Change(
            String key, @Nullable Object before, @Nullable Object after) {}

    /**
     * What happened up to this frame; nothing at the first one that tells of all GPUs. A device that is missing where GPUs could not be read
     * has not gone.
     */
    List<DeviceEvent> next(SnapshotFrame frame) {
        List<Gpu> rows = frame.gpus();
        if (rows == null) {
            return List.of();
        }
        Map<String, Gpu> now = byIdentity(rows);
        Map<String, Gpu> before = known;
        List<DeviceEvent> events = new ArrayList<>();
        boolean whole = isWhole(frame);
        if (before != null) {
            compare(before, now, whole, frame.seq(), events);
        }
        knowsAll |= whole;
        known = now;
        return events;
    }

    private void compare(
            Map<String, Gpu> before, Map<String, Gpu> now, boolean whole, long seq, List<DeviceEvent> events) {
        before.forEach((device, gpu) -> {
            Gpu after = now.get(device);
            if (after == null && whole) {
                events.add(event(REMOVED, device, seq, List.of()));
            } else if (after == null) {
                now.put(device, gpu);
            } else {
                List<Change> changes = changes(gpu, after);
                if (!changes.isEmpty()) {
                    events.add(event(UPDATED, device, seq, changes));
                }
            }
        });
        for (String device : now.keySet()) {
            if (knowsAll && !before.containsKey(device)) {
                events.add(event(ADDED, device, seq, List.of()));
            }
        }
    }

    private static boolean isWhole(SnapshotFrame frame) {
        for (FrameError error : frame.errors()) {
            if (error.section() == Section.GPU && error.kind() != ErrorKind.DENIED) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Gpu> byIdentity(List<Gpu> rows) {
        Map<String, Gpu> gpus = new LinkedHashMap<>();
        for (Gpu gpu : rows) {
            String identity = gpu.identity();
            if (identity != null) {
                gpus.put(identity, gpu);
            }
        }
        return gpus;
    }

    private static List<Change> changes(Gpu before, Gpu after) {
        List<Change> changes = new ArrayList<>();
        compare("state", label(before.state()), label(after.state()), changes);
        compare("throttle_reasons", before.throttleReasons(), after.throttleReasons(), changes);
        compare("xid.total", xidTotal(before.xid()), xidTotal(after.xid()), changes);
        return changes;
    }

    private static @Nullable Object label(@Nullable GpuState state) {
        return state == null ? null : state.label();
    }

    private static @Nullable Object xidTotal(@Nullable Xid xid) {
        return xid == null ? null : xid.total();
    }

    private static void compare(String key, @Nullable Object before, @Nullable Object after, List<Change> changes) {
        if (!Objects.equals(before, after)) {
            changes.add(new Change(key, before, after));
        }
    }

    private static DeviceEvent event(String kind, String device, long seq, List<Change> changes) {
        byte[] data = Json.object(json -> {
            json.writeStringProperty("uuid", device);
            json.writeNumberProperty("seq", seq);
            json.writeObjectPropertyStart("changed");
            for (Change change : changes) {
                json.writeArrayPropertyStart(change.key());
                write(change.before(), json);
                write(change.after(), json);
                json.writeEndArray();
            }
            json.writeEndObject();
        });
        return new DeviceEvent(device, Events.of(kind, data));
    }

    private static void write(@Nullable Object value, JsonGenerator json) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(item -> json.writeString(String.valueOf(item)));
            json.writeEndArray();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
    }
}
