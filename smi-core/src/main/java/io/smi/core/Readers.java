package io.smi.core;

import io.smi.core.kernel.Roots;
import io.smi.core.memory.MeminfoReader;
import io.smi.core.memory.MemoryRows;
import io.smi.core.process.CmdlineMode;
import io.smi.core.process.ProcessReader;
import io.smi.core.process.ProcessRows;
import io.smi.schema.Section;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The list of what is read: one line per reader, in the order of the rows they give. A new reader is a new line here,
 * and its class: see {@code docs/adding-a-reader.md}.
 */
public final class Readers {
    private final Roots roots;
    private final List<Source<?>> sources;
    private final Map<Section, Function<Readings, ? extends List<?>>> rows;

    Readers(Roots roots, List<Source<?>> sources, Map<Section, Function<Readings, ? extends List<?>>> rows) {
        this.roots = roots;
        this.sources = List.copyOf(sources);
        this.rows = new EnumMap<>(rows);
    }

    /**
     * The readers of a Linux machine.
     *
     * @param cmdline how much of the processes' command lines is told
     */
    public static Readers linux(Roots roots, CmdlineMode cmdline) {
        List<Source<?>> sources = List.of( //
                source("meminfo", new MeminfoReader(roots), Section.MEMORY, Section.PROCESS),
                source("process", new ProcessReader(roots, cmdline), Section.PROCESS));
        return new Readers(roots, sources, Map.of(Section.MEMORY, MemoryRows::of, Section.PROCESS, ProcessRows::of));
    }

    private static <T> Source<T> source(String name, Reader<T> reader, Section first, Section... others) {
        return new Source<>(name, EnumSet.of(first, others), reader);
    }

    List<Source<?>> sources() {
        return sources;
    }

    /** The rows of a section: worked out by its own function, else those of its {@link RowReader}s. */
    List<?> rows(Section section, Readings readings) {
        Function<Readings, ? extends List<?>> function = rows.get(section);
        return function == null ? readings.rows(sources, section) : function.apply(readings);
    }

    /** The machine's name: {@code /proc/sys/kernel/hostname}, else localhost. */
    String hostname() {
        String name = roots.proc().text("sys/kernel/hostname", new Problems());
        return name == null ? "localhost" : name;
    }
}
