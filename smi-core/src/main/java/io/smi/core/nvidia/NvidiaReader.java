package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.nvidia.NvmlSession.Pass;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's GPUs by NVML. Those that sleep are not asked, and have what was learnt of them before.
 *
 * <p>The NUMA node comes from the PCI bus: NVML's is that of a GPU's own memory.
 */
public final class NvidiaReader implements AcceleratorReader<NvidiaReader.Reading> {
    /** To measure traffic takes 40 ms of each GPU: not when there is less time than this between passes. */
    private static final long TIME_TO_MEASURE = Duration.ofMillis(900).toNanos();

    private final NvmlSession session;
    private final LongSupplier nanoTime;
    private final Scratch.Lazy scratch = new Scratch.Lazy();
    private final Map<String, Card> cards = new HashMap<>();
    private @Nullable Long last;

    /**
     * What one pass found.
     *
     * @param absent why keys are null
     */
    public record Reading(List<CardReading> cards, List<Absent> absent) {
        public Reading {
            cards = List.copyOf(cards);
            absent = List.copyOf(absent);
        }
    }

    NvidiaReader(NvmlSession session, LongSupplier nanoTime) {
        this.session = session;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        Told told = new Told(problems);
        Pass pass = session.begin(this, told);
        if (pass == null) {
            return null;
        }
        try {
            return read(pass, told);
        } finally {
            session.end();
        }
    }

    private Reading read(Pass pass, Told told) {
        long now = nanoTime.getAsLong();
        boolean measured = session.isLive() && last != null && now - last >= TIME_TO_MEASURE;
        last = now;
        List<CardReading> readings = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (Attached gpu : pass.gpus()) {
            asked.add(gpu.name());
            readings.add(read(pass, gpu, told, measured));
        }
        cards.forEach((name, card) -> {
            Gpu atRest = card.atRest();
            if (!asked.contains(name) && pass.present().contains(name) && atRest != null) {
                readings.add(CardReading.atRest(atRest));
            }
        });
        return new Reading(readings, told.absent());
    }

    private CardReading read(Pass pass, Attached gpu, Told told, boolean measured) {
        Card known = cards.get(gpu.name());
        Nvml nvml = pass.nvml();
        Long handle = gpu.handle();
        if (nvml == null || handle == null) {
            Gpu facts = known == null ? null : known.atRest();
            return CardReading.lost(facts == null ? Facts.empty(gpu).build() : facts);
        }
        Card card = known != null && known.isOf(gpu) ? known : new Card(gpu, handle);
        cards.put(gpu.name(), card);
        CardReading reading = card.read(nvml, scratch.get(), session.instances(), told, measured);
        if (gpu.sleepsWhenUnused()) {
            session.idle(gpu, card.isIdle(nvml, scratch.get(), reading.gpu()));
        }
        Gpu row = GpuBuilder.builder(reading.gpu()).xid(session.xid(gpu)).build();
        return new CardReading(
                row, reading.txBytes(), reading.rxBytes(), reading.txBytesPerSecond(), reading.rxBytesPerSecond());
    }

    @Override
    public void release() {
        session.release(this);
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        List<Gpu> rows = new ArrayList<>(now.cards().size());
        for (CardReading card : now.cards()) {
            rows.add(PcieTraffic.row(card, span));
        }
        return Accelerators.of(rows, now.absent());
    }
}
