package io.smi.core.command;

import java.io.IOException;
import java.io.Serial;

/** A program had not ended by its deadline, and was ended. */
final class CommandLateException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    CommandLateException(String message) {
        super(message);
    }
}
