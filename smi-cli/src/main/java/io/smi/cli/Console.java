package io.smi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command talks to: data on {@code out}, talk on {@code err}.
 *
 * @param outIsTerminal whether a person looks at {@code out}; the launcher tells
 * @param errIsTerminal whether a person looks at {@code err}; the launcher tells
 * @param environment the environment variables
 */
record Console(
        OutputStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment) {

    /** Whether {@code out} may be coloured: a terminal, no {@code NO_COLOR}, not a dumb one. */
    boolean colours() {
        return outIsTerminal && !isSet("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether a line of {@code err} may be written over again: a terminal that says what it is, and is not a dumb one. */
    boolean canRewrite() {
        return errIsTerminal && isSet("TERM") && !"dumb".equals(environment.get("TERM"));
    }

    private boolean isSet(String variable) {
        String value = environment.get(variable);
        return value != null && !value.isEmpty();
    }

    /** Writes text to {@code out}. */
    void print(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes data to {@code out}, in one piece. */
    void write(byte[] data) throws IOException {
        out.write(data);
        out.flush();
    }

    /** One line on {@code err}. What it quotes may be anything: it must not move the cursor, or begin a second line. */
    void complain(String message) {
        StringBuilder line = new StringBuilder(message);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        err.println("smi: " + line);
    }
}
