package io.smi.core.nvidia;

import io.smi.core.gpu.Absent.Cause;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All calls of NVML about one device in one pass. What the library answers becomes a value, or null and the reason: an
 * error of one call harms no other, and a device that is lost is asked nothing more.
 */
final class Query {
    private static final long MOST = (1L << 53) - 1;

    private final Nvml nvml;
    private final Scratch scratch;
    private final String device;
    private final Told told;
    private boolean lost;
    private boolean needsReset;
    private int lastCode;

    /**
     * Calls about one device.
     *
     * @param device its identity, for messages
     */
    Query(Nvml nvml, Scratch scratch, String device, Told told) {
        this.nvml = nvml;
        this.scratch = scratch;
        this.device = device;
        this.told = told;
    }

    Scratch scratch() {
        return scratch;
    }

    /** Whether a call found that the device fell off the bus. */
    boolean isLost() {
        return lost;
    }

    /** Whether a call found that the device must be reset before it works again. */
    boolean needsReset() {
        return needsReset;
    }

    /**
     * Calls a function that fills in its buffers.
     *
     * @param key of the row, which is null when this fails
     * @return whether they are filled in
     */
    boolean succeeds(String key, String function, Object... arguments) {
        return !lost && take(key, function, call(function, arguments));
    }

    /** Like {@link #succeeds}, of a function that fills a list: that it is too short for all there is, is no failure. */
    boolean fills(String key, String function, Object... arguments) {
        if (lost) {
            return false;
        }
        int code = call(function, arguments);
        return code != NvmlReturn.INSUFFICIENT_SIZE && code != NvmlReturn.NOT_FOUND && take(key, function, code);
    }

    private int call(String function, Object... arguments) {
        lastCode = nvml.call(function, arguments);
        return lastCode;
    }

    /** What the last call answered. */
    int lastCode() {
        return lastCode;
    }

    /** Like {@link #succeeds}, of a function that something else can stand in for: that it is not supported is no news. */
    boolean tries(String key, String function, Object... arguments) {
        if (lost) {
            return false;
        }
        int code = call(function, arguments);
        return !NvmlReturn.isUnsupported(code) && take(key, function, code);
    }

    /** Takes what a function, or one field of {@code nvmlDeviceGetFieldValues}, answered; true when it is a value. */
    boolean take(String key, String function, int code) {
        if (code == NvmlReturn.SUCCESS) {
            return true;
        } else if (NvmlReturn.isUnsupported(code)) {
            told.absent(device, key, Cause.NOT_SUPPORTED, function + ": " + NvmlReturn.word(code));
        } else if (NvmlReturn.isLost(code)) {
            lost = true;
            told.absent(device, null, Cause.LOST, function);
        } else if (code == NvmlReturn.NO_PERMISSION) {
            told.denied(function);
            told.absent(device, key, Cause.DENIED, function);
        } else {
            fail(key, function, code);
        }
        return false;
    }

    /** A device that waits for its reset says so to every call; its state tells, once. */
    private void fail(String key, String function, int code) {
        if (code == NvmlReturn.RESET_REQUIRED) {
            needsReset = true;
        } else {
            told.failed(device, function, code);
        }
        told.absent(device, key, Cause.FAILED, function + ": " + NvmlReturn.word(code));
    }

    /** The answer was none that can be true. */
    void implausible(String key, String function) {
        told.absent(device, key, Cause.NOT_SUPPORTED, function + ": not available");
    }

    /** The number that a function of a device gives. */
    @Nullable
    Integer number(String key, String function, long handle) {
        ByteBuffer out = scratch.first();
        return succeeds(key, function, handle, out) ? number(key, function, out, 0) : null;
    }

    /** The number that a function of a device and one of its parts, or kinds, gives. */
    @Nullable
    Integer number(String key, String function, long handle, int which) {
        ByteBuffer out = scratch.first();
        return succeeds(key, function, handle, which, out) ? number(key, function, out, 0) : null;
    }

    /** The 32 bit number there; null for all ones, which is how NVML says that it has none. */
    private @Nullable Integer number(String key, String function, ByteBuffer out, int offset) {
        int value = out.getInt(offset);
        if (value < 0) {
            implausible(key, function);
            return null;
        }
        return value;
    }

    /** The 64 bit number there; null for all ones. */
    static @Nullable Long large(ByteBuffer out, int offset) {
        return large(out.getLong(offset));
    }

    /** Null for all ones, which is how NVML says that it has none, and for what is beyond any counter, and all numbers of JSON. */
    static @Nullable Long large(long value) {
        return value < 0 || value > MOST ? null : Long.valueOf(value);
    }

    /** The 64 bit number that a function of a device gives. */
    @Nullable
    Long large(String key, String function, long handle) {
        ByteBuffer out = scratch.first();
        return succeeds(key, function, handle, out) ? large(out, 0) : null;
    }

    /** Whether a mode is on. */
    @Nullable
    Boolean flag(String key, String function, long handle) {
        Integer number = number(key, function, handle);
        return flag(number);
    }

    static @Nullable Boolean flag(@Nullable Number number) {
        if (number == null || number.longValue() > 1) {
            return null;
        }
        return number.longValue() == 1;
    }

    /** The text that a function of a device gives; null when it is empty. */
    @Nullable
    String text(String key, String function, long handle) {
        ByteBuffer out = scratch.text("");
        return succeeds(key, function, handle, out, Scratch.TEXT_SIZE) ? string(out) : null;
    }

    /** The text in there; null when it is empty, or a word for that it is not known. */
    static @Nullable String string(ByteBuffer out) {
        String text = Scratch.string(out, 0, Scratch.TEXT_SIZE);
        return switch (text) {
            case "", "0", "N/A", "[N/A]", "Unknown", "Unknown Error" -> null;
            default -> text;
        };
    }
}
