package io.smi.cli;

import io.smi.cli.text.Glyphs;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One line at the end of stderr that is written over again each second, by a thread of its own: a terminal that is held by
 * Ctrl-S holds nothing else. Where stderr is no terminal that can do this, there is none. What else a command has to say
 * goes through {@link #complain}, so that lines do not mix.
 *
 * <p>Nothing about the terminal is changed and nothing is asked of it, so there is nothing to put back, however the process
 * ends. All methods may be called by any thread, also by that of a shutdown hook.
 */
final class StatusLine implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String ERASE_REST = "\033[K";
    /** What the terminal shows for Ctrl-C appears behind the line, and must not begin another one. */
    private static final int ROOM = "^C".length() + 1;

    private final Console console;
    private final Screen screen;
    private boolean drawn;
    private boolean closed;

    /** What has to be known of a terminal. */
    interface Screen {
        /** Its width. */
        int columns();

        /** Whether it may be written to now, without disturbing what a person does there. */
        boolean isOurs();
    }

    StatusLine(Console console, Screen screen) {
        this.console = console;
        this.screen = screen;
    }

    /**
     * Begins a line, when stderr can show it.
     *
     * @param wanted whether the user wants to see it
     * @param text what it says; asked for at once and then each second by another thread, which must not have to wait
     */
    static StatusLine open(Console console, boolean wanted, Supplier<String> text) {
        Screen screen = new Terminal();
        StatusLine line = new StatusLine(console, screen);
        if (wanted && console.canRewrite() && isUsable(screen)) {
            Thread thread = new Thread(() -> line.keepDrawing(text), "smi-status");
            thread.setDaemon(true);
            thread.start();
        }
        return line;
    }

    /** Not where JLine cannot be loaded: a recording does not fail because nobody can watch it. */
    private static boolean isUsable(Screen screen) {
        try {
            return screen.columns() > 0;
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    private void keepDrawing(Supplier<String> text) {
        try {
            while (!isClosed()) {
                draw(text.get());
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Writes the line over what stands there. */
    synchronized void draw(String text) {
        if (closed || !screen.isOurs()) {
            return;
        }
        String line = Glyphs.printable(text, Boolean.getBoolean("smi.utf8"));
        write("\r" + Glyphs.cut(line, Math.max(1, screen.columns() - ROOM)) + ERASE_REST);
        drawn = true;
    }

    /** Says something else: a line of its own in the place of this one, which comes back below it within a second. */
    synchronized void complain(String message) {
        erase();
        console.complain(message);
    }

    /** Erases the line for good. */
    @Override
    public synchronized void close() {
        erase();
        closed = true;
    }

    private void erase() {
        if (drawn && screen.isOurs()) {
            write("\r" + ERASE_REST);
        }
        drawn = false;
    }

    /** In one piece, so that nothing flickers. */
    private void write(String text) {
        console.err().print(text);
        console.err().flush();
    }
}
