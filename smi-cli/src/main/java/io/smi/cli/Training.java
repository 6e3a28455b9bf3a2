package io.smi.cli;

/**
 * Runs command lines one after the other in one process, for the packaging to make an AOT cache of what they load. Each
 * argument but the first, which is the launcher's, is a command line. Loads nothing else itself: all of a cache is loaded
 * at every start. Each runs as in a pipe and as in a terminal.
 */
final class Training {
    private Training() {}

    static void main(String[] args) {
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
}
