package io.smi.core.process;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.ProcessTroubles;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the processes: its number, when the machine was started, and what could not be read.
 */
final class Scan {
    private final KernelFiles proc;
    private final PageSize pageSize;
    private final long number;
    private final boolean accountsIo;
    private final @Nullable Long bootSeconds;
    private final ProcessTroubles troubles = new ProcessTroubles();

    /**
     * A pass that begins.
     *
     * @param accountsIo whether processes have a file {@code io}
     * @param bootSeconds since 1970; null when not known
     */
    Scan(KernelFiles proc, PageSize pageSize, long number, boolean accountsIo, @Nullable Long bootSeconds) {
        this.proc = proc;
        this.pageSize = pageSize;
        this.number = number;
        this.accountsIo = accountsIo;
        this.bootSeconds = bootSeconds;
    }

    long number() {
        return number;
    }

    /** Whether this kernel counts what a process reads and writes. */
    boolean accountsIo() {
        return accountsIo;
    }

    PageSize pageSize() {
        return pageSize;
    }

    /** When this process was started. */
    @Nullable
    Instant startTime(ProcessStat stat) {
        return bootSeconds == null
                ? null
                : Instant.ofEpochMilli(bootSeconds * 1000 + stat.startTicks() * 1000 / ProcessStat.TICKS_PER_SECOND);
    }

    /** How long ago this process was started; a long time when that is not known. */
    long secondsSince(ProcessStat stat) {
        return bootSeconds == null
                ? Long.MAX_VALUE
                : System.currentTimeMillis() / 1000 - bootSeconds - stat.startTicks() / ProcessStat.TICKS_PER_SECOND;
    }

    /**
     * Notes that a file of a process cannot be read or understood, unless the process has ended meanwhile, which
     * explains it. No such file is no trouble, as kernels are built without some, unless the folder may not be searched
     * ({@code hidepid=1}): then every file in it seems to be missing.
     *
     * @return whether the process is still there
     */
    boolean unreadable(int pid, IOException e) {
        File folder = new File(proc.path(Integer.toString(pid)));
        boolean hidden = !folder.canExecute();
        if (!folder.exists()) {
            return false;
        }
        if (isDenied(e)) {
            denied(pid, String.valueOf(e.getMessage()));
        } else if (hidden) {
            denied(pid, folder.getPath() + ": permission denied");
        } else if (!(e instanceof NoSuchFileException)) {
            troubles.failed(pid, String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** Notes that a file of a process may not be read. */
    void denied(int pid, String message) {
        troubles.denied(pid, message);
    }

    /**
     * Whether a permission was lacking. Some of these files anybody may open and not read, and of a failed read the
     * JDK tells no reason; while the process lives, there is no other.
     */
    static boolean isDenied(IOException e) {
        return e instanceof AccessDeniedException
                || !(e instanceof FileSystemException || e instanceof KernelFormatException);
    }

    /** Reports what has been noted, for a pass that found so many processes. */
    void report(Problems problems, int processes) {
        troubles.report(problems, processes);
    }
}
