package io.smi.cli;

import io.smi.core.Collector;
import io.smi.core.Grid;
import io.smi.core.Readers;
import io.smi.record.Line;
import io.smi.schema.Section;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The frames of this machine, one at each tick of a fixed grid. */
final class LocalSource implements LineSource {
    /** Over which the first frame's rates are measured. */
    private static final Duration WINDOW = Duration.ofMillis(100);

    private final Readers readers;
    private final Set<Section> include;
    private final Duration timeout;
    private final Duration interval;
    private final long mostTicks;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long lastSeq;
    private @Nullable Collector collector;
    private @Nullable Grid grid;
    private long ticks;
    private long dropped;

    /**
     * A source that has not begun.
     *
     * @param timeout what each reader gets
     * @param duration after which there is no tick; null: no end
     */
    LocalSource(
            Readers readers, Set<Section> include, Duration timeout, Duration interval, @Nullable Duration duration) {
        this.readers = readers;
        this.include = include;
        this.timeout = timeout;
        this.interval = interval;
        this.mostTicks = duration == null ? Long.MAX_VALUE : ticks(duration, interval);
    }

    @Override
    public String host() {
        return readers.hostname();
    }

    @Override
    public void after(long seq) {
        lastSeq = seq;
    }

    /** How many ticks there are before this time is over; the first is at once. */
    static long ticks(Duration duration, Duration interval) {
        return Math.ceilDiv(duration.toNanos(), interval.toNanos());
    }

    @Override
    public @Nullable Line next() {
        try {
            if (grid == null) {
                return begin();
            }
            return goOn(grid) && collector != null ? Line.of(collector.collect(include)) : null;
        } catch (InterruptedException e) {
            // An end like any other, and what is still to be written must not find this thread interrupted.
            return null;
        }
    }

    /**
     * The first frame. The sample that its rates are measured from is taken twice: the first one loads classes and reads
     * static facts, and that work must not fall into the window.
     */
    private @Nullable Line begin() throws InterruptedException {
        Collector begun = new Collector(readers, lastSeq + 1, timeout);
        collector = begun;
        begun.sample(include);
        begun.sample(include);
        Duration window = interval.compareTo(WINDOW) < 0 ? interval : WINDOW;
        if (isStoppedWithin(window.toNanos())) {
            return null;
        }
        grid = new Grid(interval);
        ticks = 1;
        return Line.of(begun.collect(include));
    }

    private boolean goOn(Grid present) throws InterruptedException {
        long now = System.nanoTime();
        long late = present.advance(now);
        long left = mostTicks - ticks;
        dropped += Math.min(late, left);
        if (late >= left) {
            return false;
        }
        ticks += late + 1;
        return !isStoppedWithin(present.tickNanos() - now);
    }

    private boolean isStoppedWithin(long nanos) throws InterruptedException {
        return stopped.await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public long dropped() {
        return dropped;
    }

    @Override
    public @Nullable String missing() {
        if (dropped == 0) {
            return null;
        }
        return "dropped " + dropped + (dropped == 1 ? " tick" : " ticks")
                + ": reading, writing or the machine took longer than the interval of " + interval.toMillis() + " ms";
    }

    @Override
    public void close() {
        if (collector != null) {
            collector.close();
        }
    }
}
