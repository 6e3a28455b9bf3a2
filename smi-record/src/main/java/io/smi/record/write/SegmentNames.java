package io.smi.record.write;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The names of one run's segments: each sorts after the one before, also when the clock was set back in between. */
final class SegmentNames {
    private static final Duration STEP = Duration.ofMillis(1);

    private final NamePattern pattern;
    private final String host;
    private @Nullable Instant last;

    SegmentNames(NamePattern pattern, String host) {
        this.pattern = pattern;
        this.host = host;
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
