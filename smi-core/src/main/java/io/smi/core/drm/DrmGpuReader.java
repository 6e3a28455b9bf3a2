package io.smi.core.drm;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * GPUs of drivers that tell nothing of the whole device, which is then as busy as its clients make it: what all of them
 * did that were there in both readings. Null when one of them cannot be read: whoever may not read the fdinfo of all
 * processes does not know. Also the one reader of GPUs that are not on the PCI bus.
 */
public final class DrmGpuReader implements AcceleratorReader<DrmGpuReader.Reading> {
    private final DrmScanner scanner;

    /** Reads the processes of this procfs, and the GPUs of this sysfs. */
    public DrmGpuReader(Roots roots) {
        this.scanner = new DrmScanner(roots, PlainGpu::isPlain);
    }

    /** The GPUs, and who has them open. */
    public static final class Reading {
        private final List<PlainGpu> gpus;
        private final DrmFiles files;

        Reading(List<PlainGpu> gpus, DrmFiles files) {
            this.gpus = List.copyOf(gpus);
            this.files = files;
        }
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        DrmFiles files = scanner.scan(problems);
        if (files == null) {
            return null;
        }
        TreeMap<String, PlainGpu> gpus = new TreeMap<>();
        for (DrmNode node : scanner.nodes(new Problems())) {
            gpus.put(node.device(), PlainGpu.of(node));
        }
        return new Reading(List.copyOf(gpus.values()), files);
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
            DrmFiles before = span == null ? null : span.before().files;
            rows.add(gpu.row(before == null || span == null ? null : gpu.engines(before, now.files, span.nanos())));
            if (!now.files.complete()) {
                absent.add(new Absent(gpu.device(), "engines", Absent.Cause.DENIED, "/proc/[pid]/fd"));
            }
        }
        return Accelerators.of(rows, absent);
    }
}
