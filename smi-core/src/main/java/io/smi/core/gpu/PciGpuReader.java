package io.smi.core.gpu;

import io.smi.core.Problems;
import io.smi.core.RowReader;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /sys/bus/pci/devices}: the accelerators that are in the machine, with or without a driver, and what can be said
 * of them without their vendor's library. Wakes none that is asleep.
 */
public final class PciGpuReader implements RowReader<Gpu> {
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
}
