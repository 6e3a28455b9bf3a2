package io.smi.record.write;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Keeps this many files of the names that a pattern with a time in it gives for a host. */
    Retention(NamePattern pattern, String host, int keep) {
        this.pattern = pattern;
        this.host = host;
        this.keep = keep;
    }

    /** A file of an earlier time, or the present one. */
    record Segment(Instant time, Path path) {}

    /** Deletes what is too much beside the one being written; what cannot be deleted does not hold up the rest. */
    void apply(Path present) throws RecordingException {
        RecordingException failure = null;
        for (Path old : superfluous(segments(), present)) {
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

    /** Which ones to delete, the oldest first. */
    List<Path> superfluous(List<Segment> segments, Path present) {
        List<Path> others = segments.stream()
                .sorted(Comparator.comparing(Segment::time).thenComparing(Segment::path))
                .map(Segment::path)
                .filter(path -> !path.equals(present))
                .toList();
        return others.subList(0, Math.max(0, others.size() - (keep - 1)));
    }

    /** All files that have a name of the pattern. */
    List<Segment> segments() throws RecordingException {
        Path template = pattern.template();
        int fixed = pattern.fixedNames();
        Path root = template.isAbsolute() ? template.getRoot() : Path.of("");
        List<Segment> found = new ArrayList<>();
        collect(fixed == 0 ? root : root.resolve(template.subpath(0, fixed)), fixed, found);
        return found;
    }

    private void collect(Path folder, int depth, List<Segment> found) throws RecordingException {
        Path template = pattern.template();
        boolean isFile = depth == template.getNameCount() - 1;
        int length = NamePattern.length(template.getName(depth).toString(), host);
        List<Path> inner = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().length() == length) {
                    inner.add(entry);
                }
            }
        } catch (IOException e) {
            throw LockedFile.failure(folder, e);
        }
        for (Path entry : inner) {
            if (!isFile && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, depth + 1, found);
            } else if (isFile && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                Instant time = pattern.timeOf(entry, host);
                if (time != null) {
                    found.add(new Segment(time, entry));
                }
            }
        }
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
