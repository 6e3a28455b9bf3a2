package io.smi.core.drm;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.ProcessTroubles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One pass over the processes: what it looks for, and what it found. */
final class DrmScan {
    private final KernelFiles proc;
    private final Map<String, DrmNode> nodes;
    private final Set<String> asleep;
    private final long number;
    private final List<DrmFile> open = new ArrayList<>();
    private final Set<Integer> hidden = new TreeSet<>();
    private final ProcessTroubles troubles = new ProcessTroubles();

    /**
     * A pass that begins.
     *
     * @param nodes what to look for, by name
     * @param number of the pass, from 0
     */
    DrmScan(KernelFiles proc, Map<String, DrmNode> nodes, long number, Problems problems) {
        this.proc = proc;
        this.nodes = nodes;
        this.asleep = asleep(nodes, problems);
        this.number = number;
    }

    private static Set<String> asleep(Map<String, DrmNode> nodes, Problems problems) {
        Set<String> asleep = new TreeSet<>();
        for (DrmNode node : nodes.values()) {
            if (node.wouldWake(problems)) {
                asleep.add(node.device());
            }
        }
        return asleep;
    }

    KernelFiles proc() {
        return proc;
    }

    long number() {
        return number;
    }

    /** The node of this name; null when it is not looked for. */
    @Nullable
    DrmNode node(String name) {
        return nodes.get(name);
    }

    boolean mayAsk(DrmNode node) {
        return !asleep.contains(node.device());
    }

    void found(DrmFile file) {
        open.add(file);
    }

    /** Notes that a process may not be looked at. */
    void denied(int pid, String message) {
        hidden.add(pid);
        troubles.denied(pid, message);
    }

    /** Whether all processes could be looked at so far. */
    boolean complete() {
        return hidden.isEmpty();
    }

    /** Notes that what a process has open cannot be read. */
    void failed(int pid, String message) {
        troubles.failed(pid, message);
    }

    /** Ends the pass, which met so many processes, and reports what was in the way. */
    DrmFiles end(Problems problems, int processes) {
        troubles.report(problems, processes);
        return new DrmFiles(open, asleep, hidden);
    }
}
