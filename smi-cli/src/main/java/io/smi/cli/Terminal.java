package io.smi.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.CLibrary;

/**
 * The terminal behind stderr, which is only looked at. JLine's own terminal is never opened: it would ask the terminal
 * questions, read the answers from stdin, and put handlers in place of the signals'. This class alone knows JLine.
 */
final class Terminal implements StatusLine.Screen {
    private static final int STDERR = 2;
    private static final int COLUMNS_UNTOLD = 80;
    private static final Path STATUS = Path.of("/proc/self/stat");

    /**
     * How wide it is now; asked again for each line, so that nobody needs to be told when it changes.
     *
     * @throws LinkageError when JLine's native library cannot be used; or RuntimeException, from JLine
     */
    @Override
    public int columns() {
        int columns = CLibrary.getTerminalWidth(STDERR);
        return columns > 0 ? columns : COLUMNS_UNTOLD;
    }

    /** Not when the process runs behind a shell that somebody types into. */
    @Override
    public boolean isOurs() {
        try {
            return isForeground(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Whether a process is in the foreground of its terminal, or has none.
     *
     * @param status its {@code /proc/[pid]/stat}: the name, in parentheses, may be anything; then state, parent, process
     *     group, session, terminal, and the terminal's process group
     */
    static boolean isForeground(String status) {
        String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", 7);
        return fields[5].equals("-1") || fields[5].equals(fields[2]);
    }
}
