package io.smi.cli.replay;

import io.smi.core.live.Demand;
import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.record.read.Speed;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a recording is served: one that there is, and that holds a frame.
 *
 * @param interval between two frames, as they are served
 * @param loop whether it begins again after its end
 * @param told what users should know, in one line each
 */
public record Replay(Playable recording, Speed speed, Duration interval, boolean loop, Consumer<String> told) {
    /** Between two frames, whatever the speed: what a server of the machine allows too. */
    static final Duration LEAST_INTERVAL = Duration.ofMillis(50);

    private static final Duration MOST_INTERVAL = Duration.ofDays(1);

    /** Of a recording that does not tell: what {@code smi api} does unless told. */
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(2);

    /**
     * Looks at the beginning of a recording.
     *
     * @throws IOException when it cannot be read or holds no frame; the message is for users
     */
    public static Replay of(Playable recording, Speed speed, boolean loop, Consumer<String> told) throws IOException {
        List<String> damage = new ArrayList<>();
        try (Playable.Frames frames = recording.open(finding -> {
            if (damage.isEmpty()) {
                damage.add(finding);
            }
        })) {
            SnapshotFrame first = frames.next();
            if (first == null) {
                throw new IOException("no frame in " + recording + (damage.isEmpty() ? "" : ": " + damage.getFirst()));
            }
            return new Replay(recording, speed, interval(first, frames.next(), speed), loop, told);
        }
    }

    /** What the second frame says, whose window began with the first; that of the first may have been shorter. */
    private static Duration interval(SnapshotFrame first, @Nullable SnapshotFrame second, Speed speed) {
        Long recorded = second == null ? null : second.intervalMs();
        long millis =
                Objects.requireNonNullElse(recorded == null ? first.intervalMs() : recorded, USUAL_INTERVAL.toMillis());
        long most = Math.min(millis, MOST_INTERVAL.toMillis());
        Duration played = Duration.ofNanos(speed.nanos(Duration.ofMillis(most).toNanos()));
        return played.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : played;
    }

    /** A feed of it, whatever the demand; see {@link Feed.Factory}. */
    public Feed feed(long firstSeq, Demand demand, Consumer<LiveFrame> publish, Consumer<Throwable> died) {
        return new ReplayFeed(this, firstSeq, publish, died);
    }
}
