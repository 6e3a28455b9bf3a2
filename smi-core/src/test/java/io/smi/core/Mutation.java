package io.smi.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a file of the kernel. */
enum Mutation {
    MISSING,
    DIRECTORY,
    OPEN_FAILS,
    READ_FAILS,
    EMPTY,
    GARBAGE,
    BINARY,
    HALF,
    ONE_BYTE_SHORT;

    private static final byte[] GARBAGE_TEXT = "garbage\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BINARY_JUNK = new byte[300];

    static {
        for (int i = 0; i < BINARY_JUNK.length; i++) {
            BINARY_JUNK[i] = (byte) (i * 89 + 0xf0);
        }
    }

    /** Whether one who does not open the file can notice. */
    boolean isSeenInFolder() {
        return this == MISSING || this == DIRECTORY;
    }

    /** The text of the broken file; null when there is none to open. */
    byte @Nullable [] of(byte[] text) {
        return switch (this) {
            case MISSING, DIRECTORY -> null;
            case OPEN_FAILS, READ_FAILS -> text;
            case EMPTY -> new byte[0];
            case GARBAGE -> GARBAGE_TEXT;
            case BINARY -> BINARY_JUNK;
            case HALF -> Arrays.copyOf(text, text.length / 2);
            case ONE_BYTE_SHORT -> Arrays.copyOf(text, Math.max(0, text.length - 1));
        };
    }
}
