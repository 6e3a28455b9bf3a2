package io.smi.schema;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one machine looked like at one moment. Made by {@link FrameBuilder}, or read back by {@link FrameDecoder}.
 *
 * <p>A section that was not asked for is null. One that was asked for is a list: empty with no entry in {@code errors}
 * means that the machine has none, empty with an entry that it could not be read.
 */
@Built
public record SnapshotFrame(
        @Key("Counts the frames of one producer: +1 each.") long seq,

        @Key("RFC 3339, UTC, with milliseconds: the end of the sampling window.")
        Instant timestamp,

        @Key("Length of the window over which rates and utilizations were measured; null when there is no earlier"
                + " sample.")
        @Nullable
        Long intervalMs,

        @Key("Name of the machine.") String hostname,
        @Key("GPUs, NPUs and TPUs.") @Nullable List<Gpu> gpus,
        @Key("Processor packages.") @Nullable List<Cpu> cpus,
        @Key("Main memory, one row.") @Nullable List<Memory> memory,
        @Key("The machine as a whole, one row.") @Nullable List<Chassis> chassis,
        @Key("Processes, by pid.") @Nullable List<ProcessInfo> processes,
        @Key("Mounted file systems.") @Nullable List<Storage> storage,
        @Key("Network interfaces.") @Nullable List<Network> network,

        @Key("What could not be read, and why; about the sections of this frame only.")
        List<FrameError> errors) {

    /** The version of the frame. Keys are only ever added; anything else would be 2. */
    public static final int SCHEMA = 1;

    /** Beyond 2^53-1 a JSON number is no longer exact in the tools that read it. */
    static final long MAX_INTEGER = (1L << 53) - 1;

    public SnapshotFrame {
        if (seq < 1 || seq > MAX_INTEGER) {
            throw new IllegalArgumentException("seq must be 1 to " + MAX_INTEGER + ", not " + seq);
        }
        timestamp = endOfWindow(timestamp);
        gpus = Values.copy(gpus);
        cpus = Values.copy(cpus);
        memory = Values.copy(memory);
        chassis = Values.copy(chassis);
        processes = Values.copy(processes);
        storage = Values.copy(storage);
        network = Values.copy(network);
        errors = List.copyOf(errors);
    }

    private static Instant endOfWindow(Instant timestamp) {
        Instant time = Values.time(timestamp);
        if (time == null) {
            throw new IllegalArgumentException("timestamp must be of the years 0 to 9999, not " + timestamp);
        }
        return time;
    }

    /** The sections that this frame was asked for. */
    public Set<Section> sections() {
        TreeSet<Section> sections = new TreeSet<>();
        for (Section section : Section.values()) {
            if (rows(section) != null) {
                sections.add(section);
            }
        }
        return Collections.unmodifiableSortedSet(sections);
    }

    /** The frame of these sections only, with their errors only; sections that it lacks are left out. */
    public SnapshotFrame only(Set<Section> include) {
        return new SnapshotFrame(
                seq,
                timestamp,
                intervalMs,
                hostname,
                include.contains(Section.GPU) ? gpus : null,
                include.contains(Section.CPU) ? cpus : null,
                include.contains(Section.MEMORY) ? memory : null,
                include.contains(Section.CHASSIS) ? chassis : null,
                include.contains(Section.PROCESS) ? processes : null,
                include.contains(Section.STORAGE) ? storage : null,
                include.contains(Section.NETWORK) ? network : null,
                errors.stream()
                        .filter(error -> include.contains(error.section()))
                        .toList());
    }

    /** The rows of a section; null when it was not asked for. */
    @Nullable
    List<? extends Row> rows(Section section) {
        return switch (section) {
            case GPU -> gpus;
            case CPU -> cpus;
            case MEMORY -> memory;
            case CHASSIS -> chassis;
            case PROCESS -> processes;
            case STORAGE -> storage;
            case NETWORK -> network;
        };
    }
}
