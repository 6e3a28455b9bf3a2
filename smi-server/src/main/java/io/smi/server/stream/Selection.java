package io.smi.server.stream;

import io.smi.schema.Section;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which part of each frame a client wants. All clients with the same one share the same bytes.
 *
 * @param devices identities of the GPUs to tell of; null for all, and where there are no GPUs
 */
public record Selection(Set<Section> sections, @Nullable Set<String> devices) {
    public Selection {
        sections = Collections.unmodifiableSortedSet(new TreeSet<>(sections));
        devices = devices == null || !sections.contains(Section.GPU) ? null : Set.copyOf(devices);
    }

    /** Whether it tells of this GPU. */
    boolean has(String device) {
        return sections.contains(Section.GPU) && (devices == null || devices.contains(device));
    }
}
