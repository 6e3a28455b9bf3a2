package io.smi.server.stream;

import io.smi.schema.Section;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which part of each frame a client wants. All clients with the same one share the same bytes, which are looked up by it
 * for each client and frame: it knows its hash.
 */
final class Selection {
    private final Set<Section> sections;
    private final @Nullable Set<String> devices;
    private final int hash;

    /**
     * These sections, and of the GPUs these.
     *
     * @param devices identities; null for all, and where there are no GPUs
     */
    Selection(Set<Section> sections, @Nullable Set<String> devices) {
        this.sections = Collections.unmodifiableSortedSet(new TreeSet<>(sections));
        this.devices = devices == null || !sections.contains(Section.GPU) ? null : Set.copyOf(devices);
        this.hash = Objects.hash(this.sections, this.devices);
    }

    Set<Section> sections() {
        return sections;
    }

    @Nullable
    Set<String> devices() {
        return devices;
    }

    /** Whether it tells of this GPU. */
    boolean has(String device) {
        return sections.contains(Section.GPU) && (devices == null || devices.contains(device));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Selection selection
                        && hash == selection.hash
                        && sections.equals(selection.sections)
                        && Objects.equals(devices, selection.devices));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
