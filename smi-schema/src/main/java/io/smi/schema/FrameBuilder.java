package io.smi.schema;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a frame of exactly the sections that were asked for: the one way a frame is made, beside decoding one.
 *
 * <p>Each section's supplier is asked once, and only when the section is included. The builder reads no clock and no
 * hardware: equal answers make equal frames.
 */
public final class FrameBuilder {
    private final Set<Section> include;
    private final Map<Section, Supplier<? extends Answer<?>>> sources = new TreeMap<>();
    private @Nullable Supplier<Map<Integer, List<ProcessGpu>>> gpuUse;

    private FrameBuilder(Set<Section> include) {
        this.include = Set.copyOf(include);
    }

    /** Starts a frame of these sections. */
    public static FrameBuilder withInclude(Set<Section> include) {
        return new FrameBuilder(include);
    }

    /** Who answers for {@code gpus}. */
    public FrameBuilder gpus(Supplier<Answer<Gpu>> source) {
        return source(Section.GPU, source);
    }

    /** Who answers for {@code cpus}. */
    public FrameBuilder cpus(Supplier<Answer<Cpu>> source) {
        return source(Section.CPU, source);
    }

    /** Who answers for {@code memory}. */
    public FrameBuilder memory(Supplier<Answer<Memory>> source) {
        return source(Section.MEMORY, source);
    }

    /** Who answers for {@code chassis}. */
    public FrameBuilder chassis(Supplier<Answer<Chassis>> source) {
        return source(Section.CHASSIS, source);
    }

    /** Who answers for {@code processes}, all but what they use of accelerators. */
    public FrameBuilder processes(Supplier<Answer<ProcessInfo>> source) {
        return source(Section.PROCESS, source);
    }

    /** Who answers for {@code storage}. */
    public FrameBuilder storage(Supplier<Answer<Storage>> source) {
        return source(Section.STORAGE, source);
    }

    /** Who answers for {@code network}. */
    public FrameBuilder network(Supplier<Answer<Network>> source) {
        return source(Section.NETWORK, source);
    }

    /** Who knows, by pid, what processes use of accelerators; without one {@code processes[].gpus} is null. */
    public FrameBuilder gpuUse(Supplier<Map<Integer, List<ProcessGpu>>> source) {
        gpuUse = source;
        return this;
    }

    private FrameBuilder source(Section section, Supplier<? extends Answer<?>> source) {
        sources.put(section, source);
        return this;
    }

    /**
     * Asks the included sections' sources and makes the frame.
     *
     * @param intervalMs length of the sampling window, null for a first sample
     * @throws IllegalStateException when an included section has no source
     */
    public SnapshotFrame build(long seq, Instant timestamp, @Nullable Long intervalMs, String hostname) {
        List<FrameError> errors = new ArrayList<>();
        return SnapshotFrameBuilder.builder()
                .seq(seq)
                .timestamp(timestamp)
                .intervalMs(intervalMs)
                .hostname(hostname)
                .gpus(ask(Section.GPU, errors))
                .cpus(ask(Section.CPU, errors))
                .memory(ask(Section.MEMORY, errors))
                .chassis(ask(Section.CHASSIS, errors))
                .processes(joined(ask(Section.PROCESS, errors)))
                .storage(ask(Section.STORAGE, errors))
                .network(ask(Section.NETWORK, errors))
                .errors(errors)
                .build();
    }

    /** The public methods pair each section with a source of its own row, so the cast holds. */
    @SuppressWarnings("unchecked")
    private <T> @Nullable List<T> ask(Section section, List<FrameError> errors) {
        if (!include.contains(section)) {
            return null;
        }
        Supplier<? extends Answer<?>> source = sources.get(section);
        if (source == null) {
            throw new IllegalStateException("no source for section " + section.label());
        }
        Answer<?> answer = source.get();
        errors.addAll(answer.errors());
        return (List<T>) answer.rows();
    }

    private @Nullable List<ProcessInfo> joined(@Nullable List<ProcessInfo> processes) {
        if (processes == null || gpuUse == null) {
            return processes;
        }
        Map<Integer, List<ProcessGpu>> use = gpuUse.get();
        List<ProcessInfo> joined = new ArrayList<>(processes.size());
        for (ProcessInfo process : processes) {
            List<ProcessGpu> gpus = use.getOrDefault(process.pid(), List.of());
            joined.add(ProcessInfoBuilder.builder(process).gpus(gpus).build());
        }
        return joined;
    }
}
