package io.smi.core.cpu;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of {@code /proc/cpuinfo}: a key, tabs, a colon and a value. On most architectures each CPU has a block of them.
 */
final class Cpuinfo {
    private Cpuinfo() {}

    /** The text of the file; empty when there is none. */
    static Cursor read(KernelFile file) throws IOException {
        try {
            return file.read();
        } catch (NoSuchFileException e) {
            return new Cursor(file.path(), new byte[0], 0);
        }
    }

    /**
     * Moves to the value if the line has this key. Of keys of which one begins with the other, ask for the longer
     * first: after the shorter one the cursor may stand behind it.
     */
    static boolean key(Cursor line, String key) {
        if (!line.accept(key)) {
            return false;
        }
        line.skipSpaces();
        return line.accept(":");
    }

    /** The value that the cursor stands at; null when there is none, or its line is cut short. */
    static @Nullable String value(Cursor line) {
        String value = line.rest();
        return value.isEmpty() || line.atEnd() ? null : value;
    }

    /** The value as a whole number that is not negative; null when it is none. */
    static @Nullable Integer number(Cursor line) {
        String value = value(line);
        if (value == null) {
            return null;
        }
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
