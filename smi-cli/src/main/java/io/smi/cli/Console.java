package io.smi.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command talks to: data on {@code out}, talk on {@code err}.
 *
 * @param outIsTerminal whether a person looks at {@code out}; the launcher tells
 * @param environment the value of an environment variable, null when it is not set
 */
record Console(
        OutputStream out, PrintStream err, boolean outIsTerminal, Function<String, @Nullable String> environment) {

    /** Whether {@code out} may be coloured: a terminal, no {@code NO_COLOR}, not a dumb one. */
    boolean colours() {
        return outIsTerminal && !isSet("NO_COLOR") && !"dumb".equals(environment.apply("TERM"));
    }

    private boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isEmpty();
    }

    /** Writes text to {@code out}. */
    void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** One line on {@code err}. */
    void complain(String message) {
        err.println("smi: " + message);
    }

    /** What to do about output that cannot be written: nothing when its reader has gone, else say why. */
    int writeFailed(IOException e) {
        if (readerGone()) {
            return ExitCode.CLOSED_PIPE;
        }
        complain("cannot write: " + e.getMessage());
        return ExitCode.FAILED;
    }

    /** EPIPE has no exception of its own in Java; a write to a pipe or socket fails for no other reason. */
    private static boolean readerGone() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
