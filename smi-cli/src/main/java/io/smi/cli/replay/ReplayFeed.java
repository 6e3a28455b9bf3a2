package io.smi.cli.replay;

import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.record.read.Pace;
import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.SnapshotFrameBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a recording, one after the other at its pace, each with a number of this run. After the last one it
 * publishes no more, or begins again.
 */
final class ReplayFeed implements Feed {
    private final Replay replay;
    private final Consumer<LiveFrame> publish;
    private final Consumer<Throwable> died;
    private final Thread thread = new Thread(this::run, "smi-replay");
    private final CompletableFuture<LiveFrame> first = new CompletableFuture<>();
    private volatile @Nullable LiveFrame newest;
    private volatile boolean closed;
    /** The next frame's number; this thread's own. */
    private long seq;

    ReplayFeed(Replay replay, long firstSeq, Consumer<LiveFrame> publish, Consumer<Throwable> died) {
        this.replay = replay;
        this.seq = firstSeq;
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
        return false;
    }

    @Override
    public CompletableFuture<LiveFrame> fresh(Set<Section> sections) {
        LiveFrame now = newest;
        return now == null ? first : CompletableFuture.completedFuture(now);
    }

    /** None: a frame of a recording comes late rather than not at all. */
    @Override
    public long droppedTicks() {
        return 0;
    }

    private void run() {
        try {
            play(replay.told());
            while (replay.loop()) {
                TimeUnit.NANOSECONDS.sleep(replay.interval().toNanos());
                play(known -> {});
            }
            replay.told().accept("the recording has ended; its last frame is served from now on");
        } catch (Throwable e) {
            first.completeExceptionally(e);
            if (!closed) {
                died.accept(e);
            }
        }
    }

    /** Publishes it from its first frame to its last. */
    private void play(Consumer<String> findings) throws IOException, InterruptedException {
        Pace pace = new Pace(replay.speed(), Replay.LEAST_INTERVAL, System::nanoTime);
        long before = seq;
        try (Playable.Frames frames = replay.recording().open(findings)) {
            for (SnapshotFrame frame = frames.next(); frame != null; frame = frames.next()) {
                TimeUnit.NANOSECONDS.sleep(pace.waitNanos(frame.timestamp()));
                publish(frame);
            }
        }
        if (seq == before) {
            throw new IOException("no frame is left in " + replay.recording());
        }
    }

    private void publish(SnapshotFrame recorded) {
        SnapshotFrame frame = SnapshotFrameBuilder.builder(recorded).seq(seq++).build();
        LiveFrame live = new LiveFrame(frame, EncodedFrame.of(frame), System.nanoTime(), List.of());
        publish.accept(live);
        newest = live;
        first.complete(live);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
