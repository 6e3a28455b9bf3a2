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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sys/class/drm/card*}: the GPUs that i915 and xe drive.
 *
 * <p>How long a GPU was in its idle state ({@code rc6_residency_ms}, {@code idle_residency_ms}) is a number of its own and not
 * its load: the rest of the time it was powered up, which is more than busy. Between two frames of a game it stays so.
 */
public final class IntelGpuReader implements AcceleratorReader<Map<String, CardReading>> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    /**
     * More than any card draws. The drivers take a counter that was reset, as by a sleep without power, for one that went
     * past its 32 bits, and count up to 262144 J too many.
     */
    private static final double MOST_WATTS = 2000;

    /** In windows, as files are read a little apart; a counter that was reset counts minutes too many, as that of energy. */
    private static final int MOST_IDLE = 2;

    private final Devices<IntelCard> cards;

    /** Reads the cards of this sysfs. */
    public IntelGpuReader(Roots roots) {
        this.cards = new Devices<>(
                roots.sys(),
                "class/drm",
                (path, name, problems) -> IntelCard.open(roots.sys(), path, name),
                LIST_EVERY);
    }

    @Override
    public @Nullable Map<String, CardReading> read(Problems problems) throws IOException {
        Map<String, CardReading> read = new LinkedHashMap<>();
        for (IntelCard card : cards.list(problems)) {
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
            rows.add(span == null || before == null ? card.gpu() : withRates(before, card, span));
            absent.addAll(card.absent());
        }
        return Accelerators.of(rows, absent);
    }

    private static Gpu withRates(CardReading before, CardReading now, Span<?> span) {
        return GpuBuilder.builder(now.gpu())
                .powerWatts(watts(before.gpu(), now.gpu(), span))
                .idleResidencyPercent(idle(before.idleMillis(), now.idleMillis(), span))
                .build();
    }

    private static @Nullable Map<String, Double> idle(Map<String, Long> before, Map<String, Long> now, Span<?> span) {
        Map<String, Double> percents = new TreeMap<>();
        double window = span.seconds() * 1e3;
        now.forEach((gt, millis) -> {
            Double idle = Span.growth(before.get(gt), millis);
            Double percent = idle == null || idle > MOST_IDLE * window ? null : Span.percent(idle, window);
            if (percent != null) {
                percents.put(gt, percent);
            }
        });
        return percents.isEmpty() ? null : percents;
    }

    private static @Nullable Double watts(Gpu before, Gpu now, Span<?> span) {
        Double watts = span.perSecond(before.energyJoulesTotal(), now.energyJoulesTotal());
        return watts == null || watts > MOST_WATTS ? null : watts;
    }
}
