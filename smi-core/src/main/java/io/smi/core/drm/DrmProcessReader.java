package io.smi.core.drm;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.GpuUse;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/[pid]/fdinfo}: what each process uses of the GPU of any DRM driver. Memory is what the process's clients
 * have resident on the device; utilization is that of the engine that they keep busiest. Both are null when it is not
 * known of one of the clients: a part would be a wrong number. A client that a process handed on to others, as a login
 * manager does, is told of the youngest of them alone, else it would be counted twice.
 */
public final class DrmProcessReader implements AcceleratorReader<DrmProcessReader.Reading> {
    private final DrmScanner scanner;

    /** Reads the processes of this procfs, and the GPUs of this sysfs. */
    public DrmProcessReader(Roots roots) {
        this.scanner = new DrmScanner(roots, DrmNode::tells, false);
    }

    /** The GPUs that processes have opened. */
    public static final class Reading {
        private final DrmFiles files;
        private final Map<String, String> uuids;

        Reading(DrmFiles files, Map<String, String> uuids) {
            this.files = files;
            this.uuids = Map.copyOf(uuids);
        }
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        DrmFiles files = scanner.scan(problems);
        return files == null ? null : new Reading(files, uuids());
    }

    /** By address, of GPUs that have one. */
    private Map<String, String> uuids() throws IOException {
        Map<String, String> uuids = new HashMap<>();
        for (DrmNode node : scanner.nodes(new Problems())) {
            String uuid = node.uuid();
            if (uuid != null) {
                uuids.put(node.device(), uuid);
            }
        }
        return uuids;
    }

    @Override
    public void release() {
        scanner.release();
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        DrmFiles before = span == null ? null : span.before().files;
        DrmUses earlier = before == null ? null : DrmUses.of(before);
        DrmUses uses = DrmUses.of(now.files);
        List<GpuUse> told = new ArrayList<>();
        for (DrmUses.Use use : uses.list()) {
            Map<String, Double> engines = span == null || earlier == null ? null : use.percents(earlier, span.nanos());
            String device = now.uuids.getOrDefault(use.device(), use.device());
            Double load = DrmEngines.busiest(engines);
            told.add(new GpuUse(use.pid(), device, use.memoryBytes(), use.gttBytes(), load, use.kind()));
        }
        List<Absent> absent = new ArrayList<>();
        for (String device : now.files.asleep()) {
            absent.add(new Absent(device, "processes", Absent.Cause.ASLEEP, "power/runtime_status"));
        }
        return Accelerators.ofUses(told, now.files.hidden(), absent);
    }
}
