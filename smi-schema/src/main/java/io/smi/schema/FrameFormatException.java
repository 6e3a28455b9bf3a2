package io.smi.schema;

import java.io.IOException;

/** Bytes that are no frame of schema 1. The message says what was found where. */
public final class FrameFormatException extends IOException {
    private static final long serialVersionUID = 1;

    FrameFormatException(String message) {
        super(message);
    }

    FrameFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
