package io.smi.core.live;

import io.smi.core.Collector;
import io.smi.core.Grid;
import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that reads the machine: at each tick of a fixed grid, and between two ticks when somebody needs what
 * the newest frame does not hold. Whoever asks while a collection of the same sections runs shares its frame.
 */
public final class Sampler implements Feed {
    /**
     * Between two collections: rates over a shorter window say little, so a collection out of turn waits for that, or
     * for the tick that is as near.
     */
    private static final long LEAST_WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Collector collector;
    private final long intervalNanos;
    private final Demand demand;
    private final Consumer<LiveFrame> publish;
    private final Consumer<Throwable> died;
    private final Thread thread = new Thread(this::run, "smi-sampler");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** What runs now, and what comes after it out of turn; guarded by the lock. */
    private @Nullable Collection running;

    private @Nullable Collection pending;
    private boolean closed;
    private final AtomicLong droppedTicks = new AtomicLong();

    /** A collection that is awaited. Its sections grow until it starts. */
    private record Collection(Set<Section> sections, CompletableFuture<LiveFrame> frame, long askedNanos) {
        Collection(Set<Section> sections, long askedNanos) {
            this(new TreeSet<>(sections), new CompletableFuture<>(), askedNanos);
        }
    }

    /**
     * A sampler that has not been started.
     *
     * @param collector used by this sampler's thread only, and closed with it
     * @param demand what to read at each tick
     * @param publish given each frame, on the sampler's thread, which it must not hold up
     * @param died told, on the sampler's thread, what ended it: nothing is collected any more
     */
    public Sampler(
            Collector collector,
            Duration interval,
            Demand demand,
            Consumer<LiveFrame> publish,
            Consumer<Throwable> died) {
        this.collector = collector;
        this.intervalNanos = interval.toNanos();
        this.demand = demand;
        this.publish = publish;
        this.died = died;
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public long droppedTicks() {
        return droppedTicks.get();
    }

    @Override
    public CompletableFuture<LiveFrame> fresh(Set<Section> sections) {
        lock.lock();
        try {
            Collection now = running;
            if (now != null && now.sections().containsAll(sections)) {
                return now.frame();
            }
            Collection next = pending;
            if (next == null) {
                next = new Collection(Set.of(), System.nanoTime());
                pending = next;
            }
            if (closed) {
                next.frame().completeExceptionally(new IllegalStateException("the sampler has ended"));
            }
            next.sections().addAll(sections);
            changed.signal();
            return next.frame();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try (collector) {
            Grid grid = new Grid(Duration.ofNanos(intervalNanos));
            long last = grid.tickNanos() - intervalNanos;
            while (awaitTurn(grid.tickNanos(), last)) {
                last = System.nanoTime();
                collect(last);
                long now = System.nanoTime();
                if (last - grid.tickNanos() >= 0) {
                    droppedTicks.addAndGet(grid.advance(now));
                }
            }
            end(new IllegalStateException("the sampler has ended"));
        } catch (Throwable e) {
            if (!end(e)) {
                died.accept(e);
            }
        }
    }

    /** Waits for the tick, or until somebody waits for a collection. False when closed. */
    private boolean awaitTurn(long tick, long last) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long left = turn(tick, last) - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long turn(long tick, long last) {
        if (pending == null) {
            return tick;
        }
        long soonest = Math.max(pending.askedNanos() - last, LEAST_WINDOW_NANOS) + last;
        return tick - soonest < LEAST_WINDOW_NANOS ? tick : soonest;
    }

    private void collect(long now) {
        Collection collection = begin(now);
        SnapshotFrame frame = collector.collect(collection.sections(), timeLeft(collection, now));
        LiveFrame live = new LiveFrame(frame, EncodedFrame.of(frame), now, collector.stats());
        publish.accept(live);
        lock.lock();
        try {
            running = null;
        } finally {
            lock.unlock();
        }
        collection.frame().complete(live);
    }

    private Collection begin(long now) {
        lock.lock();
        try {
            Collection next = pending == null ? new Collection(Set.of(), now) : pending;
            next.sections().addAll(demand.at(now));
            pending = null;
            running = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What each reader gets: a tick must be over before the next, and whoever has waited for another collection already
     * gets an answer within an interval of asking.
     */
    private Duration timeLeft(Collection collection, long now) {
        long waited = now - collection.askedNanos();
        long least = intervalNanos / 5;
        return Duration.ofNanos(Math.max(least, Math.min(intervalNanos - least, intervalNanos - waited)));
    }

    /** Nobody waits in vain. Tells whether it was asked to end. */
    private boolean end(Throwable reason) {
        lock.lock();
        try {
            boolean wasClosed = closed;
            closed = true;
            for (Collection left : new Collection[] {running, pending}) {
                if (left != null) {
                    left.frame().completeExceptionally(reason);
                }
            }
            return wasClosed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
