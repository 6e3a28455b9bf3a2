package io.smi.core.nvidia;

import io.smi.core.gpu.GpuUse;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pids as the procfs that is read has them. The driver gives those of its own namespace; where that is another, a process
 * is found by {@code NSpid} of its {@code status}, which lists its pids in all the namespaces that it is in.
 */
final class NamespacePids {
    private static final int AMBIGUOUS = -1;

    private final KernelFiles proc;

    NamespacePids(KernelFiles proc) {
        this.proc = proc;
    }

    /** All of them that this procfs has; the processes are looked through only when one is missing. */
    List<GpuUse> translated(List<GpuUse> uses) {
        Set<Integer> missing = new HashSet<>();
        for (GpuUse use : uses) {
            if (!proc.exists(Integer.toString(use.pid()))) {
                missing.add(use.pid());
            }
        }
        if (missing.isEmpty()) {
            return List.copyOf(uses);
        }
        Map<Integer, Integer> here = lookUp(missing);
        List<GpuUse> translated = new ArrayList<>(uses.size());
        for (GpuUse use : uses) {
            int pid = missing.contains(use.pid()) ? here.getOrDefault(use.pid(), AMBIGUOUS) : use.pid();
            if (pid != AMBIGUOUS) {
                translated.add(new GpuUse(
                        pid,
                        use.device(),
                        use.memoryUsedBytes(),
                        use.gttUsedBytes(),
                        use.utilizationPercent(),
                        use.kind()));
            }
        }
        return translated;
    }

    /** The pid here of each of these pids elsewhere; two processes in two containers can have the same. */
    private Map<Integer, Integer> lookUp(Set<Integer> missing) {
        Map<Integer, Integer> here = new HashMap<>();
        for (int process : proc.numbers("")) {
            for (long pid : namespacePids(process)) {
                if (pid <= Integer.MAX_VALUE && missing.contains((int) pid)) {
                    here.merge((int) pid, process, (one, other) -> AMBIGUOUS);
                }
            }
        }
        return here;
    }

    private List<Long> namespacePids(int process) {
        List<Long> pids = new ArrayList<>(2);
        try (KernelFile status = proc.file(process + "/status")) {
            Cursor text = status.read();
            do {
                if (text.accept("NSpid:")) {
                    while (!text.atLineEnd()) {
                        pids.add(text.number());
                    }
                    return pids;
                }
            } while (text.nextLine());
        } catch (IOException e) {
            // It ended meanwhile, or it is somebody else's.
        }
        return pids;
    }
}
