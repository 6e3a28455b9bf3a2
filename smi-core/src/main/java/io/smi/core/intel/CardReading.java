package io.smi.core.intel;

import io.smi.core.gpu.Absent;
import io.smi.schema.Gpu;
import java.util.List;
import java.util.Map;

/**
 * A card at one time.
 *
 * @param gpu without its power, which is the growth of its energy, and without its idle residency
 * @param idleMillis how long each of its GTs that tells was in the idle state
 * @param absent what its driver does not tell, or not at the moment
 */
record CardReading(Gpu gpu, Map<String, Long> idleMillis, List<Absent> absent) {
    CardReading {
        idleMillis = Map.copyOf(idleMillis);
        absent = List.copyOf(absent);
    }
}
