package io.smi.record.remote;

import java.io.IOException;

/** The server does not want this request, now or later. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
