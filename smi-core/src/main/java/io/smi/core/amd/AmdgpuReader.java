package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
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
 * {@code /sys/class/drm/card*}: the GPUs that amdgpu drives. A file that the driver does not answer for, as while it resets
 * the card (EBUSY, EPERM), is null and concerns no other.
 */
public final class AmdgpuReader implements AcceleratorReader<List<Gpu>> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<AmdgpuCard> cards;

    /** Reads the cards of this sysfs. */
    public AmdgpuReader(Roots roots) {
        this.cards = new Devices<>(
                roots.sys(),
                "class/drm",
                (path, name, problems) -> AmdgpuCard.open(roots.sys(), path, name, problems),
                LIST_EVERY);
    }

    @Override
    public @Nullable List<Gpu> read(Problems problems) throws IOException {
        List<AmdgpuCard> found = cards.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        List<Gpu> rows = new ArrayList<>(found.size());
        for (AmdgpuCard card : found) {
            rows.add(card.read(problems));
        }
        return List.copyOf(rows);
    }

    @Override
    public Accelerators accelerators(List<Gpu> now, @Nullable Span<List<Gpu>> span) {
        List<Absent> absent = new ArrayList<>();
        for (Gpu gpu : now) {
            String device = gpu.identity();
            if (gpu.state() == GpuState.ASLEEP && device != null) {
                absent.add(new Absent(device, null, Absent.Cause.ASLEEP, "power/runtime_status"));
            }
        }
        return Accelerators.of(now, absent);
    }
}
