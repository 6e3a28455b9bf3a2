package io.smi.core.gpu;

import io.smi.schema.Gpu;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one source says of accelerators.
 *
 * @param gpus one row for each device that it knows, with the keys that it knows; {@link GpuRows} puts rows of the same
 *     device together
 * @param uses which processes use which device; null when this source cannot tell
 * @param hidden processes of which it cannot tell, for a lack of permission
 * @param absent why keys are null that this source could have given
 */
public record Accelerators(List<Gpu> gpus, @Nullable List<GpuUse> uses, Set<Integer> hidden, List<Absent> absent) {
    public Accelerators {
        gpus = List.copyOf(gpus);
        uses = uses == null ? null : List.copyOf(uses);
        hidden = Set.copyOf(hidden);
        absent = List.copyOf(absent);
    }

    /** Devices, of which nothing else is known. */
    public static Accelerators of(List<Gpu> gpus, List<Absent> absent) {
        return new Accelerators(gpus, null, Set.of(), absent);
    }

    /** Processes that use devices. */
    public static Accelerators ofUses(List<GpuUse> uses, List<Absent> absent) {
        return ofUses(uses, Set.of(), absent);
    }

    /** Processes that use devices, and those that may. */
    public static Accelerators ofUses(List<GpuUse> uses, Set<Integer> hidden, List<Absent> absent) {
        return new Accelerators(List.of(), uses, hidden, absent);
    }
}
