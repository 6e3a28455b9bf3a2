package io.smi.server.security;

import java.io.IOException;

/** A file that says who may ask is wrong or cannot be read. The message is one line that names the file and the cure. */
public final class WebConfigException extends IOException {
    private static final long serialVersionUID = 1L;

    WebConfigException(String message) {
        super(oneLine(message));
    }

    WebConfigException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Names in a file can hold anything. */
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}+", " ");
    }
}
