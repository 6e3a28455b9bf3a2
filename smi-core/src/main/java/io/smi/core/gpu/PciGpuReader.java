package io.smi.core.gpu;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sys/bus/pci/devices}: the accelerators that are in the machine, with or without a driver, and what can be said
 * of them without their vendor's library. Wakes none that is asleep.
 */
public final class PciGpuReader implements AcceleratorReader<List<Gpu>> {
    /** A server has hundreds of devices on its bus, and seldom another one. */
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<PciGpu> gpus;

    /** Reads the PCI bus of this sysfs. */
    public PciGpuReader(Roots roots) {
        this.gpus = new Devices<>(
                roots.sys(),
                "bus/pci/devices",
                (path, name, problems) -> PciGpu.open(roots.sys(), path, name, problems),
                LIST_EVERY);
    }

    @Override
    public List<Gpu> read(Problems problems) throws IOException {
        List<PciGpu> found = gpus.list(problems);
        List<Gpu> rows = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            rows.add(found.get(i).read(i, problems));
        }
        return List.copyOf(rows);
    }

    @Override
    public Accelerators accelerators(List<Gpu> now, @Nullable Span<List<Gpu>> span) {
        List<Absent> absent = new ArrayList<>();
        for (Gpu gpu : now) {
            String address = gpu.pciBusId();
            if (gpu.state() == GpuState.ASLEEP && address != null) {
                absent.add(new Absent(address, null, Absent.Cause.ASLEEP, "power/runtime_status"));
            }
        }
        return Accelerators.of(now, absent);
    }
}
