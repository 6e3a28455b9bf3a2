package io.smi.core;

import io.smi.schema.Section;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A reader and the sections that need it: it is started when one of them is included, and its problems are told in each that is. */
final class Source<T> {
    private final String name;
    private final Set<Section> sections;
    private final Supplier<? extends Reader<T>> maker;
    private @Nullable Reader<T> reader;

    /**
     * A source whose reader is made when it is first asked, so that its classes are not loaded where nobody asks.
     *
     * @param name what {@code errors[].reader} calls it
     */
    Source(String name, Set<Section> sections, Supplier<? extends Reader<T>> maker) {
        this.name = name;
        this.sections = Set.copyOf(sections);
        this.maker = maker;
    }

    /** A source of this reader. */
    Source(String name, Set<Section> sections, Reader<T> reader) {
        this(name, sections, () -> reader);
        this.reader = reader;
    }

    String name() {
        return name;
    }

    Set<Section> sections() {
        return sections;
    }

    /** The reader; called by the collecting thread only. */
    Reader<T> reader() {
        Reader<T> made = reader;
        if (made == null) {
            made = maker.get();
            reader = made;
        }
        return made;
    }
}
