package io.smi.record.read;

import java.io.IOException;

/** A recording that cannot be read at all; the message, with the file's name, is for users. */
public final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    /** With what users are told. */
    public UnreadableException(String message) {
        super(message);
    }

    UnreadableException(String message, IOException cause) {
        super(message, cause);
    }
}
