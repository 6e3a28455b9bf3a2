package io.smi.core.intel;

import io.smi.core.gpu.Absent;
import io.smi.schema.Gpu;
import java.util.List;

/**
 * A card at one time.
 *
 * @param gpu without its power, which is the growth of its energy
 * @param absent what its driver does not tell, or not at the moment
 */
record CardReading(Gpu gpu, List<Absent> absent) {
    CardReading {
        absent = List.copyOf(absent);
    }
}
