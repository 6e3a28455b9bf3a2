package io.smi.cli;

/** Exit codes of every command. Signals end other commands than the servers with 130 and 143, as the JVM does. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    /** {@code --strict}, and something could not be read. */
    static final int PARTIAL = 3;
    /** Whoever read stdout has gone; what a program killed by SIGPIPE leaves behind. */
    static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
