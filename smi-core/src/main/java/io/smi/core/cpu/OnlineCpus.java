package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The CPUs that are online. Asked at every reading, since what is kept of the others (their topology, their open files)
 * holds only while this set stays the same.
 */
final class OnlineCpus {
    static final String FOLDER = "devices/system/cpu";

    private final KernelFiles sys;
    private final KernelFile file;
    private @Nullable String text;
    private @Nullable BitSet cpus;

    /** What was in the way when the folders were looked through. */
    private Problems told = new Problems();

    OnlineCpus(KernelFiles sys) {
        this.sys = sys;
        this.file = sys.file(FOLDER + "/online");
    }

    /** A file or folder of this CPU. */
    static String path(int cpu, String name) {
        return FOLDER + "/cpu" + cpu + "/" + name;
    }

    /** The set as it is now, empty when sysfs tells of no CPUs; not to be changed. */
    BitSet read(Problems problems) {
        Cursor cursor = KernelFiles.attribute(file, problems);
        String now = cursor == null ? null : cursor.all();
        if (now == null) {
            return folders(problems);
        }
        BitSet known = cpus;
        if (known != null && now.equals(text)) {
            return known;
        }
        try {
            known = CpuList.parse(file.path(), now);
            cpus = known;
            text = now;
            return known;
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return folders(problems);
        }
    }

    /** Without that list, the CPUs whose own switch does not say that they are off; looked up once. */
    private BitSet folders(Problems problems) {
        BitSet known = cpus;
        if (known != null && text == null) {
            problems.addAll(told);
            return known;
        }
        told = new Problems();
        known = new BitSet();
        for (String name : sys.list(FOLDER)) {
            int cpu = name.startsWith("cpu") ? CpuList.number(name, 3, name.length()) : -1;
            if (cpu >= 0) {
                Long online = sys.number(path(cpu, "online"), told);
                known.set(cpu, online == null || online != 0);
            }
        }
        text = null;
        cpus = known;
        problems.addAll(told);
        return known;
    }
}
