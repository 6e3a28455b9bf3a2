package io.smi.core;

import io.smi.core.Problems.Problem;
import io.smi.core.Readings.Timed;
import io.smi.core.gpu.Absent;
import io.smi.schema.Answer;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameBuilder;
import io.smi.schema.FrameError;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames: starts the readers of the sections that are asked for side by side, waits for each until the deadline,
 * and tells what went wrong as data: whatever a reader throws, and that there is no thread for it. For one thread at a
 * time.
 */
public final class Collector implements AutoCloseable {
    private final Readers readers;
    private final long timeoutNanos;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final List<Lane<?>> lanes = new ArrayList<>();
    private final ReaderPool pool = new ReaderPool();
    private long nextSeq;
    private @Nullable Long lastNanos;

    /**
     * A collector for this machine.
     *
     * @param firstSeq {@code seq} of the first frame
     * @param timeout what each reader gets in each collection
     */
    public Collector(Readers readers, long firstSeq, Duration timeout) {
        this(readers, firstSeq, timeout, InstantSource.system(), System::nanoTime);
    }

    Collector(Readers readers, long firstSeq, Duration timeout, InstantSource clock, LongSupplier nanoTime) {
        this.readers = readers;
        this.nextSeq = firstSeq;
        this.timeoutNanos = timeout.toNanos();
        this.clock = clock;
        this.nanoTime = nanoTime;
        for (Source<?> source : readers.sources()) {
            lanes.add(new Lane<>(source, nanoTime));
        }
    }

    /**
     * Takes the sample that the next frame's rates are measured from. Loads on its way what a first reading loads, so
     * call it twice before a short window: the first call's own work would be measured as load.
     *
     * @throws IllegalStateException when this thread is interrupted while it waits; the interrupt stays set
     */
    public void sample(Set<Section> include) {
        long nanos = nanoTime.getAsLong();
        run(include, timeoutNanos);
        lastNanos = nanos;
    }

    /** The same as {@link #collect(Set, Duration)} with the usual timeout. */
    public SnapshotFrame collect(Set<Section> include) {
        return collect(include, timeoutNanos);
    }

    /**
     * Reads these sections and makes the next frame of them. Its time is that at which the readers are started, since a
     * healthy one answers at once, and one that hangs must not move what the others say.
     *
     * @param timeout what each reader gets this time, when that is less than usual
     * @throws IllegalStateException when this thread is interrupted while it waits; the interrupt stays set
     */
    public SnapshotFrame collect(Set<Section> include, Duration timeout) {
        return collect(include, Math.min(timeout.toNanos(), timeoutNanos));
    }

    private SnapshotFrame collect(Set<Section> include, long timeout) {
        Instant timestamp = clock.instant();
        long nanos = nanoTime.getAsLong();
        Map<Lane<?>, List<Problem>> problems = run(include, timeout);
        problems.keySet().forEach(Lane::reported);
        Long intervalMs = lastNanos == null ? null : Math.round((nanos - lastNanos) / 1e6);
        lastNanos = nanos;
        Readings readings = readings();
        return FrameBuilder.withInclude(include)
                .gpus(() -> answer(Section.GPU, readings, problems))
                .cpus(() -> answer(Section.CPU, readings, problems))
                .memory(() -> answer(Section.MEMORY, readings, problems))
                .chassis(() -> answer(Section.CHASSIS, readings, problems))
                .processes(() -> answer(Section.PROCESS, readings, problems))
                .storage(() -> answer(Section.STORAGE, readings, problems))
                .network(() -> answer(Section.NETWORK, readings, problems))
                .build(nextSeq++, timestamp, intervalMs, readers.hostname());
    }

    /** Starts the readers that these sections need, and waits until each has answered or missed the deadline. */
    private Map<Lane<?>, List<Problem>> run(Set<Section> include, long timeout) {
        long deadline = System.nanoTime() + timeout;
        int hanging = 0;
        for (Lane<?> lane : lanes) {
            hanging += lane.hangs() ? 1 : 0;
        }
        pool.hanging(hanging);
        Map<Lane<?>, List<Problem>> asked = new LinkedHashMap<>();
        for (Lane<?> lane : lanes) {
            if (!Collections.disjoint(lane.source().sections(), include)) {
                lane.start(pool, deadline);
                asked.put(lane, List.of());
            } else {
                lane.skip();
            }
        }
        asked.replaceAll((lane, none) -> lane.finish(pool, deadline));
        return asked;
    }

    private Readings readings() {
        Map<Class<?>, Timed<?>> now = new HashMap<>();
        Map<Class<?>, Timed<?>> before = new HashMap<>();
        for (Lane<?> lane : lanes) {
            put(now, lane, lane.last());
            put(before, lane, lane.beforeLast());
        }
        return new Readings(now, before);
    }

    private static void put(Map<Class<?>, Timed<?>> map, Lane<?> lane, @Nullable Timed<?> reading) {
        if (reading != null) {
            map.put(lane.source().reader().getClass(), reading);
        }
    }

    /** Every section's rows function makes that section's rows: {@link Readers} pairs them. */
    @SuppressWarnings("unchecked")
    private <T> Answer<T> answer(Section section, Readings readings, Map<Lane<?>, List<Problem>> problems) {
        List<FrameError> errors = new ArrayList<>();
        boolean read = false;
        for (Map.Entry<Lane<?>, List<Problem>> entry : problems.entrySet()) {
            Source<?> source = entry.getKey().source();
            if (source.sections().contains(section)) {
                read = true;
                for (Problem problem : entry.getValue()) {
                    errors.add(new FrameError(section, source.name(), problem.kind(), problem.message()));
                }
            }
        }
        if (!read) {
            errors.add(new FrameError(section, section.label(), ErrorKind.FAILED, "no reader on this platform"));
        }
        try {
            return new Answer<>((List<T>) readers.rows(section, readings), errors);
        } catch (RuntimeException e) {
            errors.add(new FrameError(section, section.label(), ErrorKind.FAILED, e.toString()));
            return new Answer<>(List.of(), errors);
        }
    }

    /** Why keys of accelerators were null in the last collection. */
    public List<Absent> absent() {
        return readers.absent(readings());
    }

    /** How each reader that was ever asked has done so far. */
    public List<ReaderStats> stats() {
        List<ReaderStats> stats = new ArrayList<>(lanes.size());
        for (Lane<?> lane : lanes) {
            ReaderStats one = lane.stats();
            if (one != null) {
                stats.add(one);
            }
        }
        return stats;
    }

    /** What became of each reader that was asked, in the last collection. */
    public List<ReaderOutcome> outcomes() {
        List<ReaderOutcome> outcomes = new ArrayList<>(lanes.size());
        for (Lane<?> lane : lanes) {
            ReaderOutcome one = lane.outcome();
            if (one != null) {
                outcomes.add(one);
            }
        }
        return outcomes;
    }

    @Override
    public void close() {
        pool.close();
    }
}
