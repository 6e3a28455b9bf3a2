package io.smi.cli;

import io.smi.record.Line;
import io.smi.record.remote.RemoteFrames;
import io.smi.schema.FrameFormatException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The frames of another machine's server, with the numbers that it gave them. */
final class RemoteSource implements LineSource {
    private final RemoteFrames frames;
    private final @Nullable Duration duration;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** The first one, when it was asked for its host before its time. */
    private @Nullable Line first;

    private boolean begun;

    /**
     * A source that has not begun.
     *
     * @param frames closed with the source
     * @param duration the time from the first frame to the end; null: no end
     */
    RemoteSource(RemoteFrames frames, @Nullable Duration duration) {
        this.frames = frames;
        this.duration = duration;
    }

    @Override
    public @Nullable String host() throws SourceException {
        Line line = read();
        first = line;
        try {
            return line == null ? null : line.frame().hostname();
        } catch (FrameFormatException e) {
            throw new SourceException(e);
        }
    }

    @Override
    public void after(long lastSeq) {
        if (lastSeq > 0) {
            // It comes again, if it is new: the server has what lies between too.
            first = null;
            frames.after(lastSeq);
        }
    }

    @Override
    public @Nullable Line next() throws SourceException {
        Line line = first == null ? read() : first;
        first = null;
        if (!begun && duration != null) {
            endAfter(duration);
        }
        begun = true;
        return line;
    }

    private @Nullable Line read() throws SourceException {
        try {
            return frames.next();
        } catch (InterruptedException e) {
            // An end like any other, and what is still to be written must not find this thread interrupted.
            return null;
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    private void endAfter(Duration time) {
        Thread timer = new Thread(
                () -> {
                    try {
                        if (!stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                            stop();
                        }
                    } catch (InterruptedException e) {
                        // Nobody interrupts it.
                    }
                },
                "smi-duration");
        timer.setDaemon(true);
        timer.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        frames.close();
    }

    @Override
    public long dropped() {
        return frames.missed();
    }

    @Override
    public @Nullable String missing() {
        long missed = frames.missed();
        long restarts = frames.restarts();
        if (missed == 0 && restarts == 0) {
            return null;
        }
        String text = "missed " + missed + (missed == 1 ? " frame" : " frames") + " of the server";
        return restarts == 0
                ? text
                : text + ", and what there was while it was started anew (" + restarts
                        + (restarts == 1 ? " time)" : " times)");
    }

    @Override
    public void close() {
        stop();
    }
}
