package io.smi.core.kernel;

import java.io.IOException;

/** A kernel file does not say what the kernel's documentation promises. The message names file, line and expectation. */
public final class KernelFormatException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 60;

    /** Such as {@code /proc/stat: expected a number in "cpu0 garbage"}. */
    public KernelFormatException(String path, String expected, String line) {
        super(path + ": expected " + expected + " in \"" + shortened(line) + "\"");
    }

    /** Never ends in half of a character, which no encoder would take. */
    private static String shortened(String line) {
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end) + "...";
    }
}
