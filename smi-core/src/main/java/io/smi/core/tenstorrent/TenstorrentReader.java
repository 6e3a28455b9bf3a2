package io.smi.core.tenstorrent;

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

/** {@code /sys/class/tenstorrent}: the cards that Tenstorrent's driver drives. What they do and what memory they use it does not tell. */
public final class TenstorrentReader implements AcceleratorReader<List<Gpu>> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<TenstorrentCard> cards;

    /** Reads the cards of this sysfs. */
    public TenstorrentReader(Roots roots) {
        this.cards = new Devices<>(
                roots.sys(),
                "class/tenstorrent",
                (path, name, problems) -> TenstorrentCard.open(roots.sys(), path, name),
                LIST_EVERY);
    }

    @Override
    public @Nullable List<Gpu> read(Problems problems) throws IOException {
        List<TenstorrentCard> found = cards.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        List<Gpu> rows = new ArrayList<>(found.size());
        for (TenstorrentCard card : found) {
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
            } else if (device != null) {
                absent.add(new Absent(device, "utilization_percent", Absent.Cause.NOT_SUPPORTED, "tt-kmd"));
                absent.add(new Absent(device, "memory_total_bytes", Absent.Cause.NOT_SUPPORTED, "tt-kmd"));
            }
        }
        return Accelerators.of(now, absent);
    }
}
