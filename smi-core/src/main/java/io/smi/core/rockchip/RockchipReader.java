package io.smi.core.rockchip;

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

/** {@code /sys/class/devfreq}: the NPU of Rockchip's chips, and their GPU where Arm's own driver drives it. */
public final class RockchipReader implements AcceleratorReader<RockchipReader.Reading> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<RockchipUnit> units;

    /** Reads the units of this sysfs. */
    public RockchipReader(Roots roots) {
        this.units = new Devices<>(
                roots.sys(),
                "class/devfreq",
                (path, name, problems) -> RockchipUnit.open(roots.sys(), path, problems),
                LIST_EVERY);
    }

    /** The units at one time. */
    public record Reading(List<Gpu> rows, List<Absent> absent) {
        public Reading {
            rows = List.copyOf(rows);
            absent = List.copyOf(absent);
        }
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        List<RockchipUnit> found = units.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        List<Gpu> rows = new ArrayList<>(found.size());
        List<Absent> absent = new ArrayList<>();
        for (RockchipUnit unit : found) {
            rows.add(unit.read(absent, problems));
        }
        return new Reading(rows, absent);
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        return Accelerators.of(now.rows(), now.absent());
    }
}
