package io.smi.record.remote;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server does not want this request: not before it has said, or never. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration comeBackAfter;

    /** For ever, when there is no time to come back after. */
    RefusedException(String message, @Nullable Duration comeBackAfter) {
        super(message);
        this.comeBackAfter = comeBackAfter;
    }

    /** How long to stay away; null for ever. */
    @Nullable
    Duration comeBackAfter() {
        return comeBackAfter;
    }
}
