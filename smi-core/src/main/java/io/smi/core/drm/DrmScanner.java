package io.smi.core.drm;

import io.smi.core.Problems;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.core.kernel.TextBuffer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what processes have opened of the GPUs of some drivers. Looks at no process where there is no such GPU. */
final class DrmScanner {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final KernelFiles proc;
    private final Devices<DrmNode> devices;
    private final boolean allOrNone;
    private final TextBuffer buffer = new TextBuffer();
    private Map<Integer, DrmHolder> holders = new TreeMap<>();
    private long passes;

    /**
     * Of these drivers.
     *
     * @param allOrNone whether a pass is of no use that may not look at each process: it ends with the first such
     */
    DrmScanner(Roots roots, Predicate<@Nullable String> drivers, boolean allOrNone) {
        this.allOrNone = allOrNone;
        this.proc = roots.proc();
        this.devices = new Devices<>(
                roots.sys(),
                "class/drm",
                (path, name, problems) -> DrmNode.open(roots.sys(), path, name, drivers),
                LIST_EVERY);
    }

    /** The nodes of the GPUs that are there now. */
    List<DrmNode> nodes(Problems problems) throws IOException {
        return devices.list(problems);
    }

    /** What is open now; null when the machine has no such GPU. */
    @Nullable
    DrmFiles scan(Problems problems) throws IOException {
        Map<String, DrmNode> nodes = new HashMap<>();
        for (DrmNode node : nodes(problems)) {
            nodes.put(node.name(), node);
        }
        if (nodes.isEmpty()) {
            release();
            return null;
        }
        DrmScan scan = new DrmScan(proc, nodes, passes++, problems);
        Map<Integer, DrmHolder> now = new TreeMap<>();
        for (int pid : proc.numbers("")) {
            DrmHolder known = holders.get(pid);
            now.put(pid, known == null ? new DrmHolder(pid, proc, buffer) : known);
        }
        holders = now;
        int looked = 0;
        for (DrmHolder holder : now.values()) {
            if (!allOrNone || scan.complete()) {
                holder.read(scan);
                looked++;
            }
        }
        return scan.end(problems, looked);
    }

    /** Forgets the processes. */
    void release() {
        holders = new TreeMap<>();
    }
}
