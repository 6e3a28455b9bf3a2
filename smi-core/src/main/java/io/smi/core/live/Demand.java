package io.smi.core.live;

import io.smi.schema.Section;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which sections somebody wants to see: a section that nobody does is not read. For any thread. */
public final class Demand {
    private final Set<Section> always;
    private final long memoryNanos;
    private final Map<Section, Integer> streams = new TreeMap<>();
    private final Map<Section, Long> lastRequests = new TreeMap<>();

    /**
     * Nobody's yet.
     *
     * @param always sections that are read in any case
     * @param memoryNanos for how long one request keeps its sections wanted
     */
    public Demand(Set<Section> always, long memoryNanos) {
        this.always = Collections.unmodifiableSortedSet(new TreeSet<>(always));
        this.memoryNanos = memoryNanos;
    }

    /** The sections that are read in any case. */
    public Set<Section> always() {
        return always;
    }

    /** A stream of these sections begins. */
    public synchronized void open(Set<Section> sections) {
        sections.forEach(section -> streams.merge(section, 1, Integer::sum));
    }

    /** A stream of these sections has ended. */
    public synchronized void close(Set<Section> sections) {
        for (Section section : sections) {
            streams.computeIfPresent(section, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** These sections were asked for once, at this moment of {@link System#nanoTime}. */
    public synchronized void request(Set<Section> sections, long nanos) {
        sections.forEach(section -> lastRequests.put(section, nanos));
    }

    /** What is wanted at this moment of {@link System#nanoTime}. */
    public synchronized Set<Section> at(long nanos) {
        lastRequests.values().removeIf(last -> nanos - last > memoryNanos);
        TreeSet<Section> wanted = new TreeSet<>(always);
        wanted.addAll(streams.keySet());
        wanted.addAll(lastRequests.keySet());
        return wanted;
    }
}
