package io.smi.core.drm;

import java.util.List;
import java.util.Set;

/**
 * What one pass over the processes found.
 *
 * @param open all GPUs that were found open, by pid
 * @param asleep the devices that were not asked, as that would have woken them
 * @param complete whether all processes could be looked at
 */
record DrmFiles(List<DrmFile> open, Set<String> asleep, boolean complete) {
    DrmFiles {
        open = List.copyOf(open);
        asleep = Set.copyOf(asleep);
    }
}
