package io.smi.core.gpu;

import io.smi.schema.ProcessGpu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What processes use of accelerators, as all sources together say. */
public final class GpuUses {
    private final Map<Integer, List<ProcessGpu>> uses = new HashMap<>();
    private final Set<Integer> hidden = new HashSet<>();
    private boolean known;

    private GpuUses() {}

    /** The uses that these sources tell. */
    public static GpuUses of(List<Accelerators> sources) {
        GpuUses all = new GpuUses();
        for (Accelerators source : sources) {
            List<GpuUse> told = source.uses();
            if (told != null) {
                all.known = true;
                all.hidden.addAll(source.hidden());
                for (GpuUse use : told) {
                    all.uses
                            .computeIfAbsent(use.pid(), none -> new ArrayList<>(1))
                            .add(new ProcessGpu(
                                    use.device(),
                                    use.memoryUsedBytes(),
                                    use.gttUsedBytes(),
                                    use.utilizationPercent(),
                                    use.kind()));
                }
            }
        }
        return all;
    }

    /** What this process uses; none when it uses none, null when a source cannot tell and no other knows of any. */
    public @Nullable List<ProcessGpu> of(int pid) {
        List<ProcessGpu> own = uses.get(pid);
        return own == null && known && !hidden.contains(pid) ? List.of() : own;
    }
}
