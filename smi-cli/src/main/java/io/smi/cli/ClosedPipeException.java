package io.smi.cli;

import java.io.IOException;

/** Whoever read the output has gone: the end of the program's work, and nothing to complain about. */
final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1;

    ClosedPipeException(IOException cause) {
        super(cause);
    }
}
