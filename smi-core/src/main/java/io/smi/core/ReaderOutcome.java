package io.smi.core;

import io.smi.schema.Section;
import java.util.List;
import java.util.Set;

/**
 * What became of one reader in the last collection.
 *
 * @param reader its name, as in {@code errors[].reader}
 * @param sections that it serves
 * @param found whether it gave something; when not, and without a problem, this machine does not have it
 * @param seconds how long it took; one that hangs counts until now
 * @param problems what it could not read
 */
public record ReaderOutcome(
        String reader, Set<Section> sections, boolean found, double seconds, List<Problems.Problem> problems) {
    public ReaderOutcome {
        sections = Set.copyOf(sections);
        problems = List.copyOf(problems);
    }
}
