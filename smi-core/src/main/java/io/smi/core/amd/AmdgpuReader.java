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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sys/class/drm/card*}: the GPUs that amdgpu drives. A file that the driver does not answer for, as while it resets
 * the card (EBUSY, EPERM), is null and concerns no other.
 */
public final class AmdgpuReader implements AcceleratorReader<AmdgpuReader.Reading> {
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

    /** The cards at one time. */
    public static final class Reading {
        private final List<CardReading> cards;

        Reading(List<CardReading> cards) {
            this.cards = List.copyOf(cards);
        }

        private @Nullable Residencies residencies(Gpu gpu) {
            for (CardReading card : cards) {
                if (Objects.equals(card.gpu().pciBusId(), gpu.pciBusId())) {
                    return card.residencies();
                }
            }
            return null;
        }
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        List<AmdgpuCard> found = cards.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        List<CardReading> read = new ArrayList<>(found.size());
        for (AmdgpuCard card : found) {
            read.add(card.read(problems));
        }
        return new Reading(read);
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        List<Gpu> rows = new ArrayList<>();
        List<Absent> absent = new ArrayList<>();
        for (CardReading card : now.cards) {
            Gpu gpu = card.gpu();
            String device = gpu.identity();
            if (gpu.state() == GpuState.ASLEEP && device != null) {
                absent.add(new Absent(device, null, Absent.Cause.ASLEEP, "power/runtime_status"));
            }
            Residencies before = span == null ? null : span.before().residencies(gpu);
            rows.add(withReasons(gpu, before, card.residencies()));
        }
        return Accelerators.of(rows, absent);
    }

    private static Gpu withReasons(Gpu gpu, @Nullable Residencies before, @Nullable Residencies now) {
        return before == null || now == null
                ? gpu
                : GpuBuilder.builder(gpu).throttleReasons(now.since(before)).build();
    }
}
