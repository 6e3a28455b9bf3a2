package io.smi.server.security;

import java.io.IOException;

/** A file that says who may ask is wrong or cannot be read. The message is one line that names the file and the cure. */
public final class WebConfigException extends IOException {
    private static final long serialVersionUID = 1L;

    WebConfigException(String message) {
        super(message);
    }

    WebConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
