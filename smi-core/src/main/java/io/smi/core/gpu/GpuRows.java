package io.smi.core.gpu;

import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.Pcie;
import io.smi.schema.PcieBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code gpu} section: the rows of all sources, those of the same device put together. */
public final class GpuRows {
    private GpuRows() {}

    /**
     * One row for each device, by PCI address, and those without one last.
     *
     * @param sources the best first: what it does not know is taken from the next
     */
    public static List<Gpu> of(List<Accelerators> sources) {
        List<Gpu> rows = new ArrayList<>();
        for (Accelerators source : sources) {
            for (Gpu gpu : source.gpus()) {
                int same = find(rows, gpu);
                if (same < 0) {
                    rows.add(gpu);
                } else {
                    rows.set(same, joined(rows.get(same), gpu));
                }
            }
        }
        // Not Comparator.comparing: what it makes is in no cache, and spun at every start.
        Comparator<String> order = Comparator.nullsLast(Comparator.naturalOrder());
        rows.sort((one, other) -> order.compare(one.pciBusId(), other.pciBusId()));
        return List.copyOf(rows);
    }

    /** The row of the same device; -1 when there is none. */
    private static int find(List<Gpu> rows, Gpu gpu) {
        for (int i = 0; i < rows.size(); i++) {
            if (isSame(rows.get(i).pciBusId(), gpu.pciBusId())
                    || isSame(rows.get(i).uuid(), gpu.uuid())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one != null && one.equals(other);
    }

    /** The better row with what only the other knows: of a bus or a family of drivers, not of its vendor. */
    private static Gpu joined(Gpu better, Gpu other) {
        return GpuBuilder.builder(better)
                .index(first(better.index(), other.index()))
                .uuid(first(better.uuid(), other.uuid()))
                .name(first(better.name(), other.name()))
                .vendor(first(better.vendor(), other.vendor()))
                .deviceType(first(better.deviceType(), other.deviceType()))
                .pciBusId(first(better.pciBusId(), other.pciBusId()))
                .numaNode(first(better.numaNode(), other.numaNode()))
                .driverVersion(first(better.driverVersion(), other.driverVersion()))
                .state(first(better.state(), other.state()))
                .utilizationPercent(first(better.utilizationPercent(), other.utilizationPercent()))
                .engines(first(better.engines(), other.engines()))
                .pcie(joined(better.pcie(), other.pcie()))
                .build();
    }

    private static @Nullable Pcie joined(@Nullable Pcie better, @Nullable Pcie other) {
        if (better == null || other == null) {
            return first(better, other);
        }
        return PcieBuilder.builder(better)
                .generation(first(better.generation(), other.generation()))
                .width(first(better.width(), other.width()))
                .generationMax(first(better.generationMax(), other.generationMax()))
                .widthMax(first(better.widthMax(), other.widthMax()))
                .build();
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }
}
