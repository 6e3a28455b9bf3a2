package io.smi.server.stream;

import io.smi.schema.Section;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Gives clients that want all devices of the same sections the same selection: told by a glance, not by comparing sets. */
final class Selections {
    /** There are as many as sets of sections. */
    private final Map<Set<Section>, Selection> ofAllDevices = new ConcurrentHashMap<>();

    /** A selection of these devices; none means all. */
    Selection of(Set<Section> sections, Collection<String> devices) {
        return devices.isEmpty()
                ? ofAllDevices.computeIfAbsent(Set.copyOf(sections), same -> new Selection(same, null))
                : new Selection(sections, new TreeSet<>(devices));
    }
}
