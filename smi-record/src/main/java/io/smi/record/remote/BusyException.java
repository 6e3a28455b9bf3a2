package io.smi.record.remote;

import java.io.IOException;
import java.time.Duration;

/** The server cannot answer now, and has said when to come back. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration wait;

    BusyException(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    Duration waitFor() {
        return wait;
    }
}
