package io.smi.core.command;

import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes that a program starts. They are told by a mark in their environment, which they inherit, and which one
 * keeps that lost its parent or began a session of its own. One that clears its environment before its parent ends is told by
 * {@link Orphans} only.
 */
final class Offspring {
    private static final String VARIABLE = "SMI_COMMAND";
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Many times what a service of Kubernetes is given. */
    private static final int MOST_ENVIRONMENT = 256 << 10;

    private final KernelFiles proc = Roots.system().proc();
    private final Orphans orphans = Orphans.ofThisProcess();
    private final String mark = UUID.randomUUID().toString();
    private final byte[] buffer = new byte[MOST_ENVIRONMENT];
    private Instant begun = Instant.MIN;

    /** Marks the environment of a program that is to be started. */
    void mark(Map<String, String> environment) {
        environment.put(VARIABLE, mark);
    }

    /** The program runs, or has ended already: whatever it starts is younger than it, and than this process. */
    void started(Process process) {
        begun = process.info()
                .startInstant()
                .or(() -> ProcessHandle.current().info().startInstant())
                .orElse(Instant.MIN);
    }

    /**
     * Kills the program, where it still runs, and whatever it started; the JVM reaps it, and {@link Orphans} or init the
     * others. Takes as long as that needs, until the deadline or, where that is near or past, a little longer.
     *
     * @param deadline on the clock of {@link System#nanoTime}
     */
    void end(Process process, long deadline) {
        if (process.isAlive()) {
            try (Stream<ProcessHandle> children = process.descendants()) {
                children.forEach(ProcessHandle::destroyForcibly);
            }
            process.destroyForcibly();
        }
        long now = System.nanoTime();
        long end = now + Math.max(PATIENCE_NANOS, deadline - now);
        orphans.ended();
        boolean again;
        do {
            again = killMarked();
            again |= orphans.end();
        } while (again && end - System.nanoTime() > 0);
        try {
            process.waitFor(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to look again: one may have started another meanwhile, or does not show yet whose it is. */
    private boolean killMarked() {
        boolean again = false;
        for (int pid : proc.numbers("")) {
            String environment = environment(pid);
            if (environment == null) {
                again |= isBeginning(pid);
            } else if (environment.contains(mark)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                again = true;
            }
        }
        return again;
    }

    /** Read at once: between two reads the process may take on another program, and the second would find the end. */
    private @Nullable String environment(int pid) {
        try (InputStream file = new FileInputStream(proc.path(pid + "/environ"))) {
            int length = file.read(buffer);
            return length <= 0 ? null : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
    }

    /** In the middle of an exec its environment is empty, as a kernel thread's is, which has no program, and a zombie's. */
    private boolean isBeginning(int pid) {
        return proc.exists(pid + "/exe")
                && ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .filter(start -> !start.isBefore(begun))
                        .isPresent();
    }
}
