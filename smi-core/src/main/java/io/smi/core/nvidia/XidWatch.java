package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.Event;
import io.smi.schema.Xid;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the driver's error events (XID). Waits for them in a thread of its own, which is there while the session is open;
 * the counts stay.
 */
final class XidWatch {
    private static final long XID = 8;
    private static final int WAIT_MS = 500;

    private final Map<String, Xid> counts = new ConcurrentHashMap<>();
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private @Nullable Thread thread;
    private @Nullable Long set;

    /** The events of a GPU so far; null when its are not counted. */
    @Nullable
    Xid of(String gpu) {
        return counts.get(gpu);
    }

    /** Begins to count those of a GPU. A driver without such events leaves them unknown. */
    void watch(Nvml nvml, String gpu, long handle) {
        Long events = set == null ? create(nvml) : set;
        if (events != null) {
            names.put(handle, gpu);
            if (nvml.call("nvmlDeviceRegisterEvents", handle, XID, events) == NvmlReturn.SUCCESS) {
                counts.putIfAbsent(gpu, new Xid(0L, null, null));
            } else {
                counts.remove(gpu);
            }
        }
    }

    private @Nullable Long create(Nvml nvml) {
        ByteBuffer out = Scratch.buffer(Long.BYTES);
        if (nvml.call("nvmlEventSetCreate", out) != NvmlReturn.SUCCESS) {
            return null;
        }
        long events = out.getLong(0);
        set = events;
        thread = Thread.ofPlatform().daemon().name("nvml-xid").start(() -> wait(nvml, events));
        return events;
    }

    private void wait(Nvml nvml, long events) {
        ByteBuffer event = Scratch.buffer(Event.SIZE);
        while (!Thread.currentThread().isInterrupted()) {
            int code = nvml.call("nvmlEventSetWait_v2", events, event, WAIT_MS);
            if (code == NvmlReturn.FUNCTION_NOT_FOUND) {
                code = nvml.call("nvmlEventSetWait", events, event, WAIT_MS);
            }
            if (code == NvmlReturn.SUCCESS) {
                count(event);
            } else if (code != NvmlReturn.TIMEOUT && !pause()) {
                break;
            }
        }
        nvml.call("nvmlEventSetFree", events);
    }

    private void count(ByteBuffer event) {
        String gpu = names.get(event.getLong(Event.DEVICE));
        if (gpu != null && event.getLong(Event.TYPE) == XID) {
            int code = (int) event.getLong(Event.DATA);
            counts.compute(gpu, (none, before) -> {
                Long total = before == null ? null : before.total();
                return new Xid(total == null ? 1L : total + 1, code, Instant.now());
            });
        }
    }

    /** A wait that fails, because a GPU is lost, fails at once: do not try again and again. */
    private static boolean pause() {
        try {
            Thread.sleep(Duration.ofMillis(WAIT_MS));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Ends the thread; it is not waited for longer than a driver that works needs. */
    void stop() {
        Thread running = thread;
        thread = null;
        set = null;
        names.clear();
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofMillis(2 * WAIT_MS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
