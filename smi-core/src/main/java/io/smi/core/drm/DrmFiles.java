package io.smi.core.drm;

import java.util.List;
import java.util.Set;

/**
 * What one pass over the processes found.
 *
 * @param open all GPUs that were found open, by pid
 * @param asleep the devices that were not asked, as that would have woken them
 * @param hidden the processes that may not be looked at
 */
record DrmFiles(List<DrmFile> open, Set<String> asleep, Set<Integer> hidden) {
    DrmFiles {
        open = List.copyOf(open);
        asleep = Set.copyOf(asleep);
        hidden = Set.copyOf(hidden);
    }

    /** Whether all processes could be looked at. */
    boolean complete() {
        return hidden.isEmpty();
    }
}
