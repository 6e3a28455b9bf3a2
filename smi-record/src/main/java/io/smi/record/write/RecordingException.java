package io.smi.record.write;

import java.io.IOException;

/** A recording that cannot be begun, or not gone on with. Its message is for the user: one line, which names the file. */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1;

    RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, IOException cause) {
        super(message, cause);
    }
}
