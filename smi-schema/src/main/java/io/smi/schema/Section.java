package io.smi.schema;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A part of the frame that can be asked for by itself. The order is the order of the frame.
 *
 * <p>Sets of sections are tree sets: an {@code EnumSet} looks into the enum by reflection, which at a start costs more than
 * everything that smi reads.
 */
public enum Section implements Label {
    GPU("gpu", "gpus"),
    CPU("cpu", "cpus"),
    MEMORY("memory", "memory"),
    CHASSIS("chassis", "chassis"),
    PROCESS("process", "processes"),
    STORAGE("storage", "storage"),
    NETWORK("network", "network");

    /** What a snapshot holds unless told otherwise: the sections that are cheap, and that name nobody's work. */
    public static final Set<Section> DEFAULTS =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(GPU, CPU, MEMORY, CHASSIS)));

    /** Every section, comma-separated, as {@code --include} takes them. */
    public static final String NAMES = "gpu,cpu,memory,chassis,process,storage,network";

    private final String label;
    private final String key;

    Section(String label, String key) {
        this.label = label;
        this.key = key;
    }

    /** The name in {@code --include}, {@code ?include=} and {@code errors[].section}. */
    @Override
    public String label() {
        return label;
    }

    /** The key of this section's array in the frame. */
    public String key() {
        return key;
    }

    /**
     * Reads a comma-separated list of section names, such as {@code gpu,process}.
     *
     * @throws IllegalArgumentException with a message for the user, when a name is unknown or there is none
     */
    public static Set<Section> parse(String list) {
        TreeSet<Section> sections = new TreeSet<>();
        for (String name : list.split(",", -1)) {
            sections.add(byLabel(name.strip()));
        }
        return Collections.unmodifiableSortedSet(sections);
    }

    static Section byLabel(String name) {
        for (Section section : values()) {
            if (section.label.equals(name)) {
                return section;
            }
        }
        throw new IllegalArgumentException("unknown section '" + name + "', known are " + NAMES);
    }
}
