package io.smi.record.write;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of one run's segments: each sorts after the one before, and after those of earlier runs, also when the clock was
 * set back in between.
 */
final class SegmentNames {
    private static final Duration STEP = Duration.ofMillis(1);
    /** A clock without a battery begins at 1970, 1980 or 2000. What is further ahead of it is not the time of a recording. */
    private static final Duration MOST_SET_BACK = Duration.ofDays(36_525);

    private final NamePattern pattern;
    private final String host;
    private @Nullable Instant last;

    /** Names after this one; null: after none. */
    SegmentNames(NamePattern pattern, String host, @Nullable Segment last) {
        this.pattern = pattern;
        this.host = host;
        this.last = last == null ? null : last.time();
    }

    /** The newest of the segments of earlier runs, by a clock that may have been set back since; null when there is none. */
    static @Nullable Segment newest(List<Segment> earlier, Instant now) {
        Instant latest = now.plus(MOST_SET_BACK);
        return earlier.stream()
                .filter(segment -> !segment.time().isAfter(latest))
                .max(Comparator.comparing(Segment::time))
                .orElse(null);
    }

    /** The next name, if possible with this time. */
    Path next(Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        if (last != null && !time.isAfter(last)) {
            time = last.plus(STEP);
        }
        last = time;
        return pattern.path(host, time);
    }
}
