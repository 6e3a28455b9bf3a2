package io.smi.record.write;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a recording that is rotated.
 *
 * @param time for which it is named
 */
record Segment(Instant time, Path path) {
    /** All regular files that have a name of a pattern with a time in it, for a host. */
    static List<Segment> all(NamePattern pattern, String host) throws RecordingException {
        Path template = pattern.template();
        int fixed = pattern.fixedNames();
        Path root = template.isAbsolute() ? template.getRoot() : Path.of("");
        List<Segment> found = new ArrayList<>();
        new Search(pattern, host, found).collect(fixed == 0 ? root : root.resolve(template.subpath(0, fixed)), fixed);
        return found;
    }

    /** Goes through the folders that the pattern may have made, and follows no link. */
    private record Search(NamePattern pattern, String host, List<Segment> found) {
        void collect(Path folder, int depth) throws RecordingException {
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
                    collect(entry, depth + 1);
                } else if (isFile && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Instant time = pattern.timeOf(entry, host);
                    if (time != null) {
                        found.add(new Segment(time, entry));
                    }
                }
            }
        }
    }
}
