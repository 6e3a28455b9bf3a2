package io.smi.core.rapl;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Energy that was used, in joules, counted from an arbitrary start: only growth means something. Grows across the wraps
 * of the hardware's counters; one that was reset is unknown once and then starts anew, so that no rate is made of it.
 *
 * @param packageJoules each processor package whose energy is known, by physical_package_id; cores, integrated graphics
 *     and, on most machines, not the memory are part of it
 * @param platformJoules the whole machine by the processor's own reckoning (psys), which contains the packages: never
 *     to be added to them; null where the firmware does not set it up
 */
public record Rapl(
        Map<Integer, Double> packageJoules, @Nullable Double platformJoules) {
    public Rapl {
        packageJoules = Collections.unmodifiableMap(new TreeMap<>(packageJoules));
    }
}
