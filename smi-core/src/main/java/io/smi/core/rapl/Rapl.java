package io.smi.core.rapl;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Energy that was used, in joules, counted from an arbitrary start: only growth means something. Grows across the wraps
 * of the hardware's counters; a counter that was reset goes backwards once, so that no rate is made of it.
 *
 * @param packageJoules each processor package whose energy is known, by physical_package_id; cores, integrated graphics
 *     and, on most machines, not the memory are part of it
 * @param complete whether these are all packages that have a counter
 */
public record Rapl(Map<Integer, Double> packageJoules, boolean complete) {
    public Rapl {
        packageJoules = Collections.unmodifiableMap(new TreeMap<>(packageJoules));
    }
}
