package io.smi.core.amd;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sys/class/drm/card*}: the GPUs that amdgpu drives, by PCI address. A file that the driver does not answer for, as while it resets
 * the card (EBUSY, EPERM), is null and concerns no other.
 */
public final class AmdgpuReader implements AcceleratorReader<Map<String, CardReading>> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<AmdgpuCard> cards;

    /** Reads the cards of this sysfs. */
    public AmdgpuReader(Roots roots) {
        this.cards = new Devices<>(
                roots.sys(),
                "class/drm",
                (path, name, problems) -> AmdgpuCard.open(roots, path, name, problems),
                LIST_EVERY);
    }

    @Override
    public @Nullable Map<String, CardReading> read(Problems problems) throws IOException {
        Map<String, CardReading> read = new LinkedHashMap<>();
        for (AmdgpuCard card : cards.list(problems)) {
            read.put(card.address(), card.read(problems));
        }
        return read.isEmpty() ? null : read;
    }

    @Override
    public Accelerators accelerators(Map<String, CardReading> now, @Nullable Span<Map<String, CardReading>> span) {
        List<Gpu> rows = new ArrayList<>();
        List<Absent> absent = new ArrayList<>();
        for (Map.Entry<String, CardReading> entry : now.entrySet()) {
            CardReading card = entry.getValue();
            CardReading before = span == null ? null : span.before().get(entry.getKey());
            Gpu gpu = card.gpu();
            String device = gpu.identity();
            if (gpu.state() == GpuState.ASLEEP && device != null) {
                absent.add(new Absent(device, null, Absent.Cause.ASLEEP, "power/runtime_status"));
            }
            rows.add(withReasons(gpu, before == null ? null : before.residencies(), card.residencies()));
        }
        return Accelerators.of(rows, absent);
    }

    private static Gpu withReasons(Gpu gpu, @Nullable Residencies before, @Nullable Residencies now) {
        return before == null || now == null
                ? gpu
                : GpuBuilder.builder(gpu).throttleReasons(now.since(before)).build();
    }
}
