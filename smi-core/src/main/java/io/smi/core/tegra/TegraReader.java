package io.smi.core.tegra;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The GPU of a Jetson: {@code /sys/class/devfreq}, where Jetson Linux of all ages has it, wherever the device itself is.
 *
 * <p>Its power is told only where it has a rail to itself. Orin and Xavier NX feed it together with the processors or with
 * the rest of the chip, from {@code VDD_CPU_GPU_CV} or {@code VDD_GPU_SOC}.
 */
public final class TegraReader implements AcceleratorReader<List<Gpu>> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    /** Of AGX Xavier; TX1 and Thor; TX2; Nano. */
    private static final Set<String> OWN_RAILS = Set.of("GPU", "VDD_GPU", "VDD_SYS_GPU", "POM_5V_GPU");

    private final Devices<TegraGpu> gpus;
    private final PowerRail rail;

    /** Reads the GPU of this sysfs. */
    public TegraReader(Roots roots) {
        this.gpus = new Devices<>(
                roots.sys(),
                "class/devfreq",
                (path, name, problems) -> TegraGpu.open(roots, path, problems),
                LIST_EVERY);
        this.rail = new PowerRail(roots, OWN_RAILS);
    }

    @Override
    public @Nullable List<Gpu> read(Problems problems) throws IOException {
        List<TegraGpu> found = gpus.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        Double watts = rail.watts(problems);
        List<Gpu> rows = new ArrayList<>(found.size());
        for (TegraGpu gpu : found) {
            rows.add(GpuBuilder.builder(gpu.read(problems)).powerWatts(watts).build());
        }
        return List.copyOf(rows);
    }

    @Override
    public Accelerators accelerators(List<Gpu> now, @Nullable Span<List<Gpu>> span) {
        List<Absent> absent = new ArrayList<>();
        for (Gpu gpu : now) {
            String device = gpu.identity();
            if (gpu.state() == GpuState.ASLEEP && device != null) {
                absent.add(new Absent(device, "utilization_percent", Absent.Cause.ASLEEP, "power/runtime_status"));
                absent.add(new Absent(device, "clock_graphics_mhz", Absent.Cause.ASLEEP, "power/runtime_status"));
            }
        }
        return Accelerators.of(now, absent);
    }
}
