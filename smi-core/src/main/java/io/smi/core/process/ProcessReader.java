package io.smi.core.process;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.core.kernel.TextBuffer;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every process of {@code /proc} that may be seen there.
 *
 * <p>What changes all the time ({@code stat}, {@code statm}, {@code io}) is kept open for each process: that takes a
 * third of the time of opening it anew. For each such file the kernel holds a page, so it is done for as many
 * processes as fit into {@value #KEPT_BYTES} bytes of the kernel's memory and half of the files that this program may
 * open; those beyond are opened anew. So are all in the first {@value #PASSES_OF_A_SNAPSHOT} passes: whenever the table
 * of a program's open files doubles, the kernel stops it until all CPUs have noticed (4 to 13 ms each time, measured),
 * which is nothing for one that stays and half of the time of one that takes a snapshot.
 */
public final class ProcessReader implements Reader<ProcessReader.Processes> {
    private static final int FILES = 3;
    private static final int PASSES_OF_A_SNAPSHOT = 3;
    private static final int KEPT_BYTES = 24 << 20;
    private static final int LARGEST_PAGE = 64 << 10;

    private final KernelFiles proc;
    private final KernelFile stat;
    private final TextBuffer buffer = new TextBuffer();
    private final FactsReader facts;
    private final PageSize pageSize = new PageSize();
    private @Nullable Long openFiles;
    private @Nullable Boolean accountsIo;
    private int open;
    private long scans;
    private List<TrackedProcess> tracked = List.of();

    /** Reads the processes of this procfs, with the users of this root's {@code etc/passwd}. */
    public ProcessReader(Roots roots, CmdlineMode cmdline) {
        this.proc = roots.proc();
        this.stat = proc.file("stat");
        this.facts = new FactsReader(roots, buffer, cmdline);
    }

    /**
     * What one pass found.
     *
     * @param list by pid
     * @param cpus logical CPUs online; 0 when not known
     */
    public record Processes(List<ProcessSample> list, int cpus) {}

    /** When the machine was started, in seconds since 1970, and its CPUs: from {@code /proc/stat}. */
    record Machine(@Nullable Long bootSeconds, int cpus) {}

    @Override
    public Processes read(Problems problems) throws IOException {
        int[] pids = pids();
        Machine machine = machine(problems);
        facts.refreshUsers(problems);
        Scan scan = new Scan(proc, pageSize, scans++, accountsIo(pids), machine.bootSeconds());
        track(pids);
        List<ProcessSample> samples = new ArrayList<>(pids.length);
        for (TrackedProcess process : tracked) {
            ProcessSample sample = process.read(scan, facts);
            keepOrClose(process);
            if (sample != null) {
                samples.add(sample);
            }
        }
        scan.report(problems, pids.length);
        return new Processes(samples, machine.cpus());
    }

    @Override
    public void release() {
        track(new int[0]);
    }

    private int[] pids() throws NoSuchFileException {
        if (!proc.exists("")) {
            throw new NoSuchFileException(proc.path(""), null, "no such folder");
        }
        return proc.numbers("");
    }

    /** Goes along both lists, each in the order of its pids: lets go of those that have ended, begins with new ones. */
    private void track(int[] pids) {
        List<TrackedProcess> now = new ArrayList<>(pids.length);
        int old = 0;
        for (int pid : pids) {
            while (old < tracked.size() && tracked.get(old).pid() < pid) {
                drop(tracked.get(old++));
            }
            if (old < tracked.size() && tracked.get(old).pid() == pid) {
                now.add(tracked.get(old++));
            } else {
                now.add(new TrackedProcess(pid, proc, buffer));
            }
        }
        while (old < tracked.size()) {
            drop(tracked.get(old++));
        }
        tracked = now;
    }

    private void keepOrClose(TrackedProcess process) {
        if (!process.staysOpen() && scans > PASSES_OF_A_SNAPSHOT && open < mayStayOpen()) {
            process.stayOpen();
            open++;
        }
        if (!process.staysOpen()) {
            process.close();
        }
    }

    private void drop(TrackedProcess process) {
        process.close();
        open -= process.staysOpen() ? 1 : 0;
    }

    /** Whether any process has a file {@code io}, looked for once: without CONFIG_TASK_IO_ACCOUNTING none has. */
    private boolean accountsIo(int[] pids) {
        Boolean known = accountsIo;
        if (known == null) {
            known = hasIo(pids);
            accountsIo = known;
        }
        return known;
    }

    private boolean hasIo(int[] pids) {
        for (int pid : pids) {
            if (proc.exists(pid + "/io")) {
                return true;
            }
        }
        return false;
    }

    private long mayStayOpen() {
        Long page = pageSize.bytesOf(1);
        return Math.min(KEPT_BYTES / (page == null ? LARGEST_PAGE : page), openFiles() / 2) / FILES;
    }

    /** How many files this program may open, asked for once; what Linux gives at least, where it does not tell. */
    private long openFiles() {
        Long known = openFiles;
        if (known == null) {
            known = readOpenFiles();
            openFiles = known;
        }
        return known;
    }

    private long readOpenFiles() {
        try (KernelFile limits = proc.file("self/limits")) {
            Cursor text = limits.read();
            do {
                if (text.accept("Max open files")) {
                    return text.number();
                }
            } while (text.nextLine());
        } catch (IOException e) {
            // In a copied tree, or unlimited.
        }
        return 1024;
    }

    private Machine machine(Problems problems) {
        try {
            return machine(stat.read());
        } catch (IOException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return new Machine(null, 0);
        }
    }

    static Machine machine(Cursor text) throws IOException {
        int cpus = 0;
        do {
            if (text.accept("cpu") && !text.accept(" ")) {
                cpus++;
            } else if (text.accept("btime ")) {
                long seconds = text.number();
                if (text.accept("\n")) {
                    return new Machine(seconds, cpus);
                }
            }
        } while (text.nextLine());
        throw text.expected("a line btime before this one");
    }
}
