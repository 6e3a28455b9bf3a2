package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.GpuUse;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.nvidia.NvmlSession.Pass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes that use NVIDIA's GPUs, by NVML. */
public final class NvidiaProcessReader implements AcceleratorReader<NvidiaProcessReader.Reading> {
    private final NvmlSession session;
    private final NamespacePids pids;
    private final Scratch.Lazy scratch = new Scratch.Lazy();
    private final Map<String, CardProcesses> cards = new HashMap<>();

    /**
     * What one pass found.
     *
     * @param uses null when no GPU was asked
     * @param absent why it is not known of others
     */
    public record Reading(@Nullable List<GpuUse> uses, List<Absent> absent) {}

    NvidiaProcessReader(NvmlSession session, KernelFiles proc) {
        this.session = session;
        this.pids = new NamespacePids(proc);
    }

    @Override
    public @Nullable Reading read(Problems problems) throws IOException {
        Told told = new Told(problems);
        Pass pass = session.begin(this, told);
        if (pass == null) {
            return null;
        }
        try {
            Nvml nvml = pass.nvml();
            return new Reading(nvml == null ? null : read(nvml, pass.gpus(), told), told.absent());
        } finally {
            session.end();
        }
    }

    /** Of GPUs of which no process can be asked for nothing is known, which is not that there is none. */
    private @Nullable List<GpuUse> read(Nvml nvml, List<Attached> gpus, Told told) {
        List<GpuUse> uses = new ArrayList<>();
        boolean known = false;
        for (Attached gpu : gpus) {
            Long handle = gpu.handle();
            if (handle != null) {
                CardProcesses card = cards.get(gpu.name());
                if (card == null || !card.isOf(gpu)) {
                    card = new CardProcesses(gpu, handle);
                    cards.put(gpu.name(), card);
                }
                known |= card.read(nvml, scratch.get(), told, uses);
            }
        }
        return known ? pids.translated(uses) : null;
    }

    @Override
    public void release() {
        session.release(this);
    }

    @Override
    public Accelerators accelerators(Reading now, @Nullable Span<Reading> span) {
        List<GpuUse> uses = now.uses();
        return uses == null ? Accelerators.of(List.of(), now.absent()) : Accelerators.ofUses(uses, now.absent());
    }
}
