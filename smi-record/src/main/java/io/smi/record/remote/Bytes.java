package io.smi.record.remote;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are gathered, up to a bound: of what is longer, only the length is kept. */
final class Bytes {
    private static final int FIRST_BYTES = 256;
    /** A larger buffer is not kept for what comes next. */
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private final int most;
    private byte[] bytes = new byte[FIRST_BYTES];
    private long size;

    /** None yet, and never more than {@code most}. */
    Bytes(int most) {
        this.most = most;
    }

    void append(byte[] from, int offset, int length) {
        long now = size + length;
        if (now > most) {
            bytes = new byte[0];
        } else {
            if (now > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(now, 2L * bytes.length)));
            }
            System.arraycopy(from, offset, bytes, (int) size, length);
        }
        size = now;
    }

    void append(char ascii) {
        append(new byte[] {(byte) ascii}, 0, 1);
    }

    /** How many there were, also when they were too many. */
    long size() {
        return size;
    }

    boolean has(int b) {
        for (int i = 0; i < kept(); i++) {
            if (bytes[i] == b) {
                return true;
            }
        }
        return false;
    }

    private int kept() {
        return size > most ? 0 : (int) size;
    }

    /** A copy; nothing when they were too many. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, kept());
    }

    /** As UTF-8; empty when they were too many. */
    @Override
    public String toString() {
        return new String(bytes, 0, kept(), StandardCharsets.UTF_8);
    }

    void clear() {
        if (size > MOST_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        size = 0;
    }
}
