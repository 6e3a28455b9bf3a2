package io.smi.core.command;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What programs leave behind when they end, whatever they did to hide it: orphans become children of this process ({@code
 * PR_SET_CHILD_SUBREAPER}, prctl(2)), by which they are told. Only where the system property {@code smi.orphans} is {@code
 * adopt}, which says that all children of this process are {@link Command}s, as the launcher does: elsewhere, and where it
 * has children before its first command, as after an exec, orphans are left to init.
 *
 * <p>Where it is the first process of a container, orphans of others come to it too: none is killed then for being one, and
 * all are reaped, as nobody else would.
 */
final class Orphans {
    private static final Orphans OF_THIS_PROCESS = new Orphans();

    private final Set<Process> commands = new HashSet<>();
    private boolean wanted = "adopt".equals(System.getProperty("smi.orphans"));
    private @Nullable SubreaperLibrary library;
    private int running;

    private Orphans() {}

    static Orphans ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** Starts a program: until it is known for one, it could be taken for an orphan. */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (wanted) {
            wanted = false;
            library = hasChildren() ? null : SubreaperLibrary.load();
        }
        Process process = builder.start();
        if (library != null) {
            running++;
            commands.add(process);
        }
        return process;
    }

    private static boolean hasChildren() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.findAny().isPresent();
        }
    }

    /** A program has ended, or is about to be killed. */
    synchronized void ended() {
        if (library != null) {
            running--;
        }
    }

    /**
     * Kills and reaps orphans, unless a program still runs whose they may be.
     *
     * @return whether there were any, which may have left others
     */
    synchronized boolean end() {
        SubreaperLibrary subreaper = library;
        if (subreaper == null || running > 0) {
            return false;
        }
        commands.removeIf(command -> !command.isAlive());
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.filter(child -> commands.stream().noneMatch(command -> command.pid() == child.pid()))
                            .filter(child -> end(child, subreaper))
                            .count()
                    > 0;
        }
    }

    private boolean end(ProcessHandle orphan, SubreaperLibrary subreaper) {
        boolean ours = ProcessHandle.current().pid() != 1;
        if (ours) {
            orphan.destroyForcibly();
        }
        return subreaper.reap(orphan.pid()) || ours;
    }
}
