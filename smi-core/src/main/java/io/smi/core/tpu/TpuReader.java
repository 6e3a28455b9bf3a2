package io.smi.core.tpu;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Google's TPUs, by their PCI ids: that they are there, and which. What they do only the program tells that uses them, on a
 * gRPC port of its own. The bus is looked at only where there is a node through which such a program reaches a TPU.
 */
public final class TpuReader implements AcceleratorReader<List<Gpu>> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<Tpu> tpus;

    /** Reads the PCI bus of this sysfs. */
    public TpuReader(Roots roots) {
        this.tpus = new Devices<>(
                roots.sys(),
                "bus/pci/devices",
                (path, name, problems) -> Tpu.open(roots.sys(), path, name, problems),
                LIST_EVERY);
    }

    @Override
    public @Nullable List<Gpu> read(Problems problems) throws IOException {
        List<Gpu> rows = new ArrayList<>();
        for (Tpu tpu : tpus.list(problems)) {
            rows.add(tpu.row());
        }
        return rows.isEmpty() ? null : List.copyOf(rows);
    }

    @Override
    public Accelerators accelerators(List<Gpu> now, @Nullable Span<List<Gpu>> span) {
        List<Absent> absent = new ArrayList<>();
        for (Gpu gpu : now) {
            String device = gpu.identity();
            if (device != null) {
                absent.add(new Absent(
                        device,
                        null,
                        Absent.Cause.NOT_SUPPORTED,
                        "told by libtpu over gRPC only, which smi does not speak"));
            }
        }
        return Accelerators.of(now, absent);
    }
}
