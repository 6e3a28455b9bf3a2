package io.smi.core.gpu;

import org.jspecify.annotations.Nullable;

/**
 * Why a key of a device is null: nothing that belongs into every frame, but that who asks is told.
 *
 * @param device its uuid or PCI address
 * @param key the key of {@code gpus[]} with its path, such as {@code ecc.volatile}; null: all that this source could give
 * @param detail the call or the file that did not answer
 */
public record Absent(String device, @Nullable String key, Cause cause, String detail) {
    /** Why something is not known. */
    public enum Cause {
        /** The device or its driver does not have it. */
        NOT_SUPPORTED,
        /** A permission is lacking. */
        DENIED,
        /** The device sleeps, and is not woken up for it. */
        ASLEEP,
        /** The vendor's library is not on this machine, or is older than this. */
        NO_LIBRARY,
        /** The device fell off the bus. */
        LOST,
        /** It is there, and could not be read. */
        FAILED
    }
}
