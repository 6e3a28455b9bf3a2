package io.smi.record.write;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings to the disk what was written, so long after it at the latest: also when nothing more comes, for a source may be
 * silent for hours. A thread of its own does that, so that who writes need not wait for the disk.
 */
final class Sync {
    /** What brings it there. */
    interface Disk {
        /** All that was written before; by one thread at a time. */
        void force() throws IOException;
    }

    private final Disk disk;
    private final Duration within;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("smi-sync").daemon().factory());
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile @Nullable IOException failure;
    private boolean ended;

    /** Syncs within this time; zero: at each write. */
    Sync(Disk disk, Duration within) {
        this.disk = disk;
        this.within = within;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Something was written.
     *
     * @throws IOException when that cannot be brought to the disk, or what was written before could not
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what went wrong is kept
    void written() throws IOException {
        check();
        if (within.isZero()) {
            disk.force();
        } else if (due.compareAndSet(false, true)) {
            timer.schedule(this::force, within.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Of a sync that failed the kernel tells once: it is kept for who writes. */
    private synchronized void force() {
        due.set(false);
        if (ended) {
            return;
        }
        try {
            disk.force();
        } catch (IOException e) {
            failure = e;
        }
    }

    private void check() throws IOException {
        IOException known = failure;
        if (known != null) {
            throw known;
        }
    }

    /** Syncs for the last time. Throws as {@link #written} does. */
    synchronized void end() throws IOException {
        stop();
        check();
        disk.force();
    }

    /** The disk is not touched any more. */
    synchronized void stop() {
        ended = true;
        timer.shutdown();
    }
}
