package io.smi.record.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Deletes the oldest segments. What it deletes is a regular file whose name the pattern gives, to the letter, for this host:
 * nothing else was made by a recording like this one. A file that is being written stays.
 */
final class Retention {
    private final NamePattern pattern;
    private final String host;
    private final int keep;
    private final Path first;

    /**
     * Keeps this many files of the names that a pattern with a time in it gives for a host.
     *
     * @param first the first file of this run
     */
    Retention(NamePattern pattern, String host, int keep, Path first) {
        this.pattern = pattern;
        this.host = host;
        this.keep = keep;
        this.first = first;
    }

    /** Deletes what is too much beside the one being written; what cannot be deleted does not hold up the rest. */
    void apply(Path present) throws RecordingException {
        RecordingException failure = null;
        for (Path old : superfluous(Segment.all(pattern, host), present)) {
            try {
                delete(old);
            } catch (RecordingException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Which ones to delete, the oldest first. This run's are the newest, whatever the others are named: what is named for a
     * time after the present file's was named by a wrong clock.
     */
    List<Path> superfluous(List<Segment> segments, Path present) {
        List<Path> others = segments.stream()
                .sorted(Comparator.comparing((Segment segment) -> isOfThisRun(segment.path(), present))
                        .thenComparing(Segment::time)
                        .thenComparing(Segment::path))
                .map(Segment::path)
                .filter(path -> !path.equals(present))
                .toList();
        return others.subList(0, Math.max(0, others.size() - (keep - 1)));
    }

    /** The names of one run sort as its files follow each other. */
    private boolean isOfThisRun(Path path, Path present) {
        return path.compareTo(first) >= 0 && path.compareTo(present) <= 0;
    }

    private void delete(Path old) throws RecordingException {
        try (LockedFile file = LockedFile.existing(old)) {
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            throw LockedFile.failure(old, e);
        }
        deleteEmptyFolders(old);
    }

    /** Those with a placeholder in their names, or below one: made for segments. */
    private void deleteEmptyFolders(Path old) {
        Path folder = old.getParent();
        for (int depth = old.getNameCount() - 1; depth > pattern.fixedNames() && folder != null; depth--) {
            try {
                Files.delete(folder);
            } catch (IOException e) {
                return;
            }
            folder = folder.getParent();
        }
    }
}
