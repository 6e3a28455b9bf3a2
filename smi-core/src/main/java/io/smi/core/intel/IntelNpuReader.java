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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /sys/class/accel/accel*}: the NPUs that intel_vpu drives. */
public final class IntelNpuReader implements AcceleratorReader<Map<String, IntelNpuReader.Npu>> {
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

    /**
     * One of them.
     *
     * @param busyMicros for how long it has had work, in µs
     */
    record Npu(Gpu row, @Nullable Long busyMicros) {}

    @Override
    public @Nullable Map<String, Npu> read(Problems problems) throws IOException {
        Map<String, Npu> read = new LinkedHashMap<>();
        for (IntelNpu npu : npus.list(problems)) {
            read.put(npu.address(), npu.read(problems));
        }
        return read.isEmpty() ? null : read;
    }

    @Override
    public Accelerators accelerators(Map<String, Npu> now, @Nullable Span<Map<String, Npu>> span) {
        List<Gpu> rows = new ArrayList<>();
        for (Map.Entry<String, Npu> entry : now.entrySet()) {
            Npu npu = entry.getValue();
            Npu before = span == null ? null : span.before().get(entry.getKey());
            Double percent = span == null || before == null
                    ? null
                    : Span.percent(Span.growth(before.busyMicros(), npu.busyMicros()), span.nanos() / 1e3);
            rows.add(GpuBuilder.builder(npu.row()).utilizationPercent(percent).build());
        }
        return Accelerators.of(rows, List.of());
    }
}
