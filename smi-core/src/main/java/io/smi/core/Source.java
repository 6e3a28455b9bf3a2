package io.smi.core;

import io.smi.schema.Section;
import java.util.Set;

/**
 * A reader and the sections that need it.
 *
 * @param name what {@code errors[].reader} calls it
 * @param sections it is started when one of these is included, and its problems are told in each that is
 */
record Source<T>(String name, Set<Section> sections, Reader<T> reader) {
    Source {
        sections = Set.copyOf(sections);
    }
}
