package io.smi.core.kernel;

import java.io.IOException;

/** A kernel file does not say what the kernel's documentation promises. The message names file, line and expectation. */
public final class KernelFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** Such as {@code /proc/stat: expected a number in "cpu0 garbage"}. */
    public KernelFormatException(String path, String expected, String line) {
        super(path + ": expected " + expected + " in \"" + (line.length() > 60 ? line.substring(0, 60) + "..." : line)
                + "\"");
    }
}
