package io.smi.core.drm;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * GPUs of drivers that tell nothing of the whole device, which is then as busy as its clients make it: what all of them
 * did that were there in both readings. Null when one of them cannot be read: whoever may not read the fdinfo of all
 * processes, or does not see them all, does not know. Also the one reader of GPUs that are not on the PCI bus.
 */
public final class DrmGpuReader implements AcceleratorReader<DrmGpuReader.Reading> {
    /** What the kernel's process 2 is called. */
    private static final String KERNEL_THREADS = "kthreadd";

    private final DrmScanner scanner;
    private final KernelFiles proc;

    /** Reads the processes of this procfs, and the GPUs of this sysfs. */
    public DrmGpuReader(Roots roots) {
        this.scanner = new DrmScanner(roots, PlainGpu::isPlain, true);
        this.proc = roots.proc();
    }

    /** The GPUs, and who has them open. */
    public static final class Reading {
        private final List<PlainGpu> gpus;
        private final @Nullable DrmFiles files;

        Reading(List<PlainGpu> gpus, @Nullable DrmFiles files) {
            this.gpus = List.copyOf(gpus);
            this.files = files;
        }
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        TreeMap<String, PlainGpu> gpus = new TreeMap<>();
        for (DrmNode node : scanner.nodes(new Problems())) {
            gpus.put(node.device(), PlainGpu.of(node));
        }
        if (gpus.isEmpty()) {
            release();
            return null;
        }
        // In a container, or with hidepid, there are processes that are not even listed.
        boolean seesAll = KERNEL_THREADS.equals(proc.text("2/comm", new Problems()));
        return new Reading(List.copyOf(gpus.values()), seesAll ? scanner.scan(problems) : null);
    }

    @Override
    public void release() {
        scanner.release();
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        List<Gpu> rows = new ArrayList<>();
        List<Absent> absent = new ArrayList<>();
        for (PlainGpu gpu : now.gpus) {
            DrmFiles files = now.files;
            rows.add(gpu.row(files == null || span == null ? null : engines(gpu, span.before(), files, span.nanos())));
            if (files == null || !files.complete()) {
                String where = files == null ? "/proc: not of all processes" : "/proc/[pid]/fd";
                absent.add(new Absent(gpu.device(), "engines", Absent.Cause.DENIED, where));
            }
        }
        return Accelerators.of(rows, absent);
    }

    private static @Nullable Map<String, Double> engines(PlainGpu gpu, Reading before, DrmFiles now, long nanos) {
        return before.files == null ? null : gpu.engines(before.files, now, nanos);
    }
}
