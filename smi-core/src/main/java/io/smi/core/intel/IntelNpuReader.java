package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /sys/class/accel/accel*}: the NPUs that intel_vpu drives. */
public final class IntelNpuReader implements AcceleratorReader<IntelNpuReader.Reading> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<IntelNpu> npus;

    /** Reads the NPUs of this sysfs. */
    public IntelNpuReader(Roots roots) {
        this.npus = new Devices<>(
                roots.sys(),
                "class/accel",
                (path, name, problems) -> IntelNpu.open(roots.sys(), path, problems),
                LIST_EVERY);
    }

    /** The NPUs at one time. */
    public static final class Reading {
        private final List<Npu> npus;

        Reading(List<Npu> npus) {
            this.npus = List.copyOf(npus);
        }

        private @Nullable Long busyMicros(Gpu row) {
            for (Npu npu : npus) {
                if (Objects.equals(npu.row().pciBusId(), row.pciBusId())) {
                    return npu.busyMicros();
                }
            }
            return null;
        }
    }

    /**
     * One of them.
     *
     * @param busyMicros for how long it has had work, in µs
     */
    record Npu(Gpu row, @Nullable Long busyMicros) {}

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        List<IntelNpu> found = npus.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        List<Npu> read = new ArrayList<>(found.size());
        for (IntelNpu npu : found) {
            read.add(npu.read(problems));
        }
        return new Reading(read);
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        List<Gpu> rows = new ArrayList<>();
        for (Npu npu : now.npus) {
            Long before = span == null ? null : span.before().busyMicros(npu.row());
            Double busy = Span.growth(before, npu.busyMicros());
            Double percent = span == null ? null : Span.percent(busy, span.nanos() / 1e3);
            rows.add(GpuBuilder.builder(npu.row()).utilizationPercent(percent).build());
        }
        return Accelerators.of(rows, List.of());
    }
}
