package io.smi.cli;

import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What libraries log, on stderr like everything else that is said there: warnings and faults only. */
final class ServerLog extends Handler {
    private final Console console;

    private ServerLog(Console console) {
        this.console = console;
    }

    /** Sends all logs of this process there. */
    static void to(Console console) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new ServerLog(console));
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        Object[] parameters = entry.getParameters();
        String message = String.valueOf(entry.getMessage());
        console.complain(parameters == null ? message : MessageFormat.format(message, parameters));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(console.err());
        }
    }

    @Override
    public void flush() {
        console.err().flush();
    }

    @Override
    public void close() {
        flush();
    }
}
