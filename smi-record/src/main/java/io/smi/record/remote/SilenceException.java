package io.smi.record.remote;

import java.io.IOException;
import java.time.Duration;

/** Nothing came for so long that the connection has to be dead. */
final class SilenceException extends IOException {
    private static final long serialVersionUID = 1;

    SilenceException(Duration silence) {
        super("nothing came for " + Text.seconds(silence));
    }
}
