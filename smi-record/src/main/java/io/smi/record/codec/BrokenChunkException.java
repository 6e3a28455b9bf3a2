package io.smi.record.codec;

import org.jspecify.annotations.Nullable;

/** A chunk that is not whole: it ends too soon, or its bytes are not what was written. */
public final class BrokenChunkException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean cutOff;

    private BrokenChunkException(String message, boolean cutOff, @Nullable Throwable cause) {
        super(message, cause);
        this.cutOff = cutOff;
    }

    /** Its bytes are not what was written. */
    static BrokenChunkException wrong(String message) {
        return new BrokenChunkException(message, false, null);
    }

    /** The same, as a library has found it. */
    static BrokenChunkException wrong(Throwable cause) {
        return new BrokenChunkException(String.valueOf(cause.getMessage()), false, cause);
    }

    /** The input ends before it does. */
    static BrokenChunkException cutOff() {
        return new BrokenChunkException("ends too soon", true, null);
    }

    /** Whether the input ends before it does; what there is of it may well be right. */
    public boolean isCutOff() {
        return cutOff;
    }
}
