package io.smi.core.command;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that a program starts. They are told by a mark in their environment, which they inherit, and which one
 * keeps that lost its parent or began a session of its own.
 */
final class Offspring {
    private static final String VARIABLE = "SMI_COMMAND";
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final KernelFiles proc = Roots.system().proc();
    private final String mark = UUID.randomUUID().toString();

    /** Marks the environment of a program that is to be started. */
    void mark(Map<String, String> environment) {
        environment.put(VARIABLE, mark);
    }

    /** Kills the program, where it still runs, and whatever it started; the JVM reaps it, and init the others. */
    void end(Process process) {
        if (process.isAlive()) {
            try (Stream<ProcessHandle> children = process.descendants()) {
                children.forEach(ProcessHandle::destroyForcibly);
            }
            process.destroyForcibly();
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (killMarked() && deadline - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
        try {
            process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there were any: one may have started another meanwhile. */
    private boolean killMarked() {
        boolean any = false;
        for (int pid : proc.numbers("")) {
            String environment = proc.text(pid + "/environ", new Problems());
            if (environment != null && environment.contains(mark)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                any = true;
            }
        }
        return any;
    }
}
