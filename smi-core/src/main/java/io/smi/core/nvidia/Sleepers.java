package io.smi.core.nvidia;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which GPUs are let go of so that the kernel can put them to sleep: an open NVML keeps those that it attached awake. One
 * that did nothing for {@link #IDLE} is released, and attached again only when it slept and woke up since, or did not fall
 * asleep for {@link #AWAKE}: then somebody else keeps it awake anyway.
 */
final class Sleepers {
    private static final long IDLE = Duration.ofSeconds(60).toNanos();
    private static final long AWAKE = Duration.ofMinutes(2).toNanos();

    private final boolean live;
    private final LongSupplier nanoTime;
    private final Map<String, Long> idleSince = new HashMap<>();
    private final Map<String, Long> releasedAt = new HashMap<>();

    Sleepers(boolean live, LongSupplier nanoTime) {
        this.live = live;
        this.nanoTime = nanoTime;
    }

    /** Whether a GPU may be attached. */
    synchronized boolean mayAttach(String gpu, boolean awake) {
        if (!awake) {
            releasedAt.remove(gpu);
            idleSince.remove(gpu);
            return false;
        }
        Long released = releasedAt.get(gpu);
        if (released != null && nanoTime.getAsLong() - released < AWAKE) {
            return false;
        }
        releasedAt.remove(gpu);
        return true;
    }

    /** Notes what a pass found a GPU to do. */
    synchronized void used(String gpu, boolean idle) {
        if (live && idle) {
            idleSince.putIfAbsent(gpu, nanoTime.getAsLong());
        } else {
            idleSince.remove(gpu);
        }
    }

    /** Whether there is one that did nothing for long enough. */
    synchronized boolean isAnyToRelease() {
        long now = nanoTime.getAsLong();
        return idleSince.values().stream().anyMatch(since -> isOver(since, now));
    }

    private static boolean isOver(long since, long now) {
        return now - since >= IDLE;
    }

    /** Every GPU was let go of: those that did nothing for long stay so. */
    synchronized void released() {
        long now = nanoTime.getAsLong();
        idleSince.forEach((gpu, since) -> {
            if (isOver(since, now)) {
                releasedAt.put(gpu, now);
            }
        });
        idleSince.keySet().removeAll(releasedAt.keySet());
    }
}
