package io.smi.core.process;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.TextBuffer;
import io.smi.core.process.ProcessSample.Io;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * One pid from pass to pass: the files that are read each time, and the facts that are not.
 *
 * <p>The facts are read again when the process has another name, so has executed another program; in the pass after
 * one that met it in its first seconds, when it may not yet have become who it is going to be; and every
 * {@value #FACTS_LAST}th pass, as users, control groups and command lines can change without a sign.
 */
final class TrackedProcess {
    private static final int FACTS_LAST = 64;
    private static final int YOUNG_SECONDS = 2;

    private final int pid;
    private final KernelFile stat;
    private final KernelFile statm;
    private final KernelFile io;
    private @Nullable ProcessStat last;
    private @Nullable ProcessFacts facts;
    private boolean young;
    private @Nullable String ioDenied;
    private boolean ended;
    private boolean staysOpen;

    TrackedProcess(int pid, KernelFiles proc, TextBuffer buffer) {
        this.pid = pid;
        this.stat = proc.small(pid + "/stat", buffer);
        this.statm = proc.small(pid + "/statm", buffer);
        this.io = proc.small(pid + "/io", buffer);
    }

    int pid() {
        return pid;
    }

    /** Whether its files stay open from pass to pass. */
    boolean staysOpen() {
        return staysOpen;
    }

    void stayOpen() {
        staysOpen = true;
    }

    /** The process as it is now; null when it has ended, or cannot be read, which the scan notes. */
    @Nullable
    ProcessSample read(Scan scan, FactsReader reader) {
        ended = false;
        try {
            ProcessStat now = stat();
            ProcessFacts known = facts(scan, now, reader);
            double cpuSeconds = (double) now.cpuTicks() / ProcessStat.TICKS_PER_SECOND;
            ProcessSample sample = new ProcessSample(
                    pid, now, scan.startTime(now), cpuSeconds, residentBytes(scan, now), io(scan), known);
            return ended ? null : sample;
        } catch (IOException e) {
            scan.unreadable(pid, e);
            return null;
        }
    }

    private ProcessStat stat() throws IOException {
        try {
            return ProcessStat.parse(stat.read(), pid);
        } catch (FileSystemException | KernelFormatException e) {
            throw e;
        } catch (IOException e) {
            // What was kept open has ended; its pid may be another's now.
            return ProcessStat.parse(stat.read(), pid);
        }
    }

    private ProcessFacts facts(Scan scan, ProcessStat now, FactsReader reader) {
        ProcessFacts known = facts;
        ProcessStat before = last;
        last = now;
        boolean another = before == null || before.startTicks() != now.startTicks();
        if (another) {
            close(statm);
            close(io);
        }
        if (known == null
                || before == null
                || another
                || young
                || !before.name().equals(now.name())
                || (scan.number() + pid) % FACTS_LAST == 0) {
            known = reader.read(scan, pid, now);
            facts = known;
            young = scan.secondsSince(now) < YOUNG_SECONDS;
            ioDenied = null;
        }
        return known;
    }

    private @Nullable Long residentBytes(Scan scan, ProcessStat now) {
        try {
            Cursor text = statm.read();
            long virtualPages = text.number();
            long residentPages = text.number();
            if (!text.accept(" ")) {
                throw text.expected("more after the resident pages");
            }
            scan.pageSize().learn(now.virtualBytes(), virtualPages);
            return scan.pageSize().bytesOf(residentPages);
        } catch (IOException e) {
            ended |= !scan.unreadable(pid, e);
            return null;
        }
    }

    /** Only one's own processes tell it, unless one is root; those that do not are not asked each time. */
    private @Nullable Io io(Scan scan) {
        if (!scan.accountsIo()) {
            return null;
        }
        String denied = ioDenied;
        if (denied != null) {
            scan.denied(pid, denied);
            return null;
        }
        try {
            return io(io.read());
        } catch (IOException e) {
            ended |= !scan.unreadable(pid, e);
            ioDenied = Scan.isDenied(e) ? e.getMessage() : null;
            return null;
        }
    }

    static Io io(Cursor text) throws KernelFormatException {
        long read = -1;
        do {
            if (text.accept("read_bytes:")) {
                read = text.number();
            } else if (read >= 0 && text.accept("write_bytes:")) {
                long written = text.number();
                if (text.accept("\n")) {
                    return new Io(read, written);
                }
            }
        } while (text.nextLine());
        throw text.expected("lines read_bytes: and write_bytes: before this one");
    }

    /** Lets go of the process's files. */
    void close() {
        close(stat);
        close(statm);
        close(io);
    }

    private static void close(KernelFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }
}
