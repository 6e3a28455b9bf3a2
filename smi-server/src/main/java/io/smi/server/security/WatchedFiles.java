package io.smi.server.security;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that one reading asked for, and how they looked just before. For one thread at a time. */
final class WatchedFiles {
    private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

    /** How a file looked; all null when there was none. */
    private record Stamp(
            @Nullable Object modified,
            @Nullable Object size,
            @Nullable Object key) {}

    /**
     * The text of a file.
     *
     * @throws WebConfigException when it cannot be read or is not UTF-8
     */
    String text(Path file) throws WebConfigException {
        stamps.put(file, stamp(file));
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new WebConfigException(file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new WebConfigException(file + ": permission denied", e);
        } catch (CharacterCodingException e) {
            throw new WebConfigException(file + ": not UTF-8 text", e);
        } catch (IOException e) {
            throw new WebConfigException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether one of them looks different now. */
    boolean changed() {
        for (Map.Entry<Path, Stamp> entry : stamps.entrySet()) {
            if (!entry.getValue().equals(stamp(entry.getKey()))) {
                return true;
            }
        }
        return false;
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return new Stamp(null, null, null);
        }
    }
}
