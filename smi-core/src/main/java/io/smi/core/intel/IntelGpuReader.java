package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
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

/**
 * {@code /sys/class/drm/card*}: the GPUs that i915 and xe drive.
 *
 * <p>How long a GPU was in its idle state ({@code rc6_residency_ms}, {@code idle_residency_ms}) is not told: the rest of the
 * time it was powered up, which is more than busy. Between two frames of a game it stays so.
 */
public final class IntelGpuReader implements AcceleratorReader<IntelGpuReader.Reading> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    /**
     * More than any card draws. The drivers take a counter that was reset, as by a sleep without power, for one that went
     * past its 32 bits, and count up to 262144 J too many.
     */
    private static final double MOST_WATTS = 2000;

    private final Devices<IntelCard> cards;

    /** Reads the cards of this sysfs. */
    public IntelGpuReader(Roots roots) {
        this.cards = new Devices<>(
                roots.sys(),
                "class/drm",
                (path, name, problems) -> IntelCard.open(roots.sys(), path, name),
                LIST_EVERY);
    }

    /** The cards at one time. */
    public static final class Reading {
        private final List<CardReading> cards;

        Reading(List<CardReading> cards) {
            this.cards = List.copyOf(cards);
        }

        private @Nullable Double energyJoules(Gpu gpu) {
            for (CardReading card : cards) {
                if (Objects.equals(card.gpu().pciBusId(), gpu.pciBusId())) {
                    return card.gpu().energyJoulesTotal();
                }
            }
            return null;
        }
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        List<IntelCard> found = cards.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        List<CardReading> read = new ArrayList<>(found.size());
        for (IntelCard card : found) {
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
            rows.add(GpuBuilder.builder(gpu).powerWatts(watts(gpu, span)).build());
            absent.addAll(card.absent());
        }
        return Accelerators.of(rows, absent);
    }

    private static @Nullable Double watts(Gpu gpu, @Nullable Span<Reading> span) {
        Double watts = span == null ? null : span.perSecond(span.before().energyJoules(gpu), gpu.energyJoulesTotal());
        return watts == null || watts > MOST_WATTS ? null : watts;
    }
}
