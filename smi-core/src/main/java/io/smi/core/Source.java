package io.smi.core;

import io.smi.schema.Section;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A reader and the sections that need it: it is started when one of them is included, and its problems are told in each that is. */
final class Source<T> {
    private final String name;
    private final Set<Section> sections;
    private final BooleanSupplier present;
    private final Supplier<? extends Reader<? extends T>> maker;
    private @Nullable Reader<? extends T> reader;

    /**
     * A source whose reader is made when it is first asked, so that its classes are not loaded where nobody asks, nor
     * where the machine has none of it.
     *
     * @param name what {@code errors[].reader} calls it
     * @param present whether the machine has what the reader reads, by a look at one or two files; not asked again once
     *     there is a reader, which has its own way to tell of what is gone
     */
    Source(String name, Set<Section> sections, BooleanSupplier present, Supplier<? extends Reader<? extends T>> maker) {
        this.name = name;
        this.sections = Set.copyOf(sections);
        this.present = present;
        this.maker = maker;
    }

    /** A source of this reader. */
    Source(String name, Set<Section> sections, Reader<? extends T> reader) {
        this(name, sections, () -> true, () -> reader);
        this.reader = reader;
    }

    String name() {
        return name;
    }

    Set<Section> sections() {
        return sections;
    }

    /** Whether there is anything to read. */
    boolean present() {
        return reader != null || present.getAsBoolean();
    }

    /** The reader, made if it is not yet; called by the collecting thread only. */
    Reader<? extends T> reader() {
        Reader<? extends T> made = reader;
        if (made == null) {
            made = maker.get();
            reader = made;
        }
        return made;
    }

    /** The reader; null when it was never asked. */
    @Nullable
    Reader<? extends T> made() {
        return reader;
    }
}
