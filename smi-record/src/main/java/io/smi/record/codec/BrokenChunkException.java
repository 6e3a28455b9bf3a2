package io.smi.record.codec;

/** A chunk that is not whole: it ends too soon, or its bytes are not what was written. */
public final class BrokenChunkException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenChunkException(String message) {
        super(message);
    }

    BrokenChunkException(String message, Throwable cause) {
        super(message, cause);
    }
}
