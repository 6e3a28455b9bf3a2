package io.smi.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Runs command lines one after the other in one process, for the packaging to make an AOT cache of what they load. Each
 * argument but the first, which is the launcher's, is a command line. Loads nothing else itself: all of a cache is loaded
 * at every start. Each runs as in a pipe and as in a terminal.
 */
final class Training {
    private Training() {}

    static void main(String[] args) {
        findMovedJar();
        for (int i = 1; i < args.length; i++) {
            run(false, args[i]);
            run(true, args[i]);
        }
    }

    private static void run(boolean terminal, String line) {
        if (Main.run(Main.console(terminal), line.split(" ", -1)) != ExitCode.OK) {
            throw new IllegalStateException("failed: smi " + line);
        }
    }

    /** The JVM looks for archived classes' jars where they lay in training, and fails like this wherever users put them. */
    private static void findMovedJar() {
        try {
            Objects.requireNonNull(Path.of("/moved").toRealPath());
        } catch (InvalidPathException | IOException expected) {
            // What matters is that these classes are now loaded.
        }
    }
}
