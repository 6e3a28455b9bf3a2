package io.smi.cli;

/**
 * Runs command lines one after the other in one process, for the packaging to make an AOT cache of what they load. Each
 * argument but the first, which is the launcher's, is a command line. Loads nothing else itself: all of a cache is loaded
 * at every start. Each runs as in a pipe and as in a terminal; for a server, see {@link ServerTraining}.
 */
final class Training {
    private Training() {}

    static void main(String[] args) throws Exception {
        for (int i = 1; i < args.length; i++) {
            if (args[i].startsWith("api ")) {
                ServerTraining.run(args[i]);
            } else {
                run(Main.console(false, false), args[i]);
                run(Main.console(true, true), args[i]);
            }
        }
    }

    static int run(Console console, String line) {
        int status = Main.run(console, line.split(" ", -1));
        if (status != ExitCode.OK) {
            throw new IllegalStateException("failed: smi " + line);
        }
        return status;
    }
}
