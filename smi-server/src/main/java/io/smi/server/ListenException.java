package io.smi.server;

import java.io.IOException;

/** The server cannot listen where it was told to; the message says in one line where and why. */
public final class ListenException extends IOException {
    private static final long serialVersionUID = 1;

    ListenException(String message) {
        super(message);
    }
}
