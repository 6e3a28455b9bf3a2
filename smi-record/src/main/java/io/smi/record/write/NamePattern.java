package io.smi.record.write;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The name of a recording, which may hold {@code {host}}, {@code {date}} and {@code {time}}, in the names of directories too.
 * Each of these is as long in one name as in the next, so that names sort by time.
 */
public final class NamePattern {
    static final String HOST = "{host}";
    static final String DATE = "{date}";
    static final String TIME = "{time}";
    /** In place of a time when only the length matters. */
    static final String TIME_SHAPE = "yyyymmddThhmmss.sssZ";

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    private static final String DATE_SHAPE = "yyyy-mm-dd";
    /** A name of a host is no longer, and a file's name takes 255 bytes. */
    private static final int MOST_HOST = 64;

    private final String text;

    private NamePattern(String text) {
        this.text = text;
    }

    /**
     * A pattern; a name without placeholders is one too.
     *
     * @throws IllegalArgumentException with a message for the user, when there is another placeholder, or a character that
     *     no name may hold
     */
    public static NamePattern parse(String text) {
        int at = text.indexOf('{');
        while (at >= 0) {
            int end = text.indexOf('}', at);
            String placeholder = end < 0 ? text.substring(at) : text.substring(at, end + 1);
            if (!placeholder.equals(HOST) && !placeholder.equals(DATE) && !placeholder.equals(TIME)) {
                throw new IllegalArgumentException(
                        "'" + placeholder + "' in '" + text + "' is not one of " + HOST + ", " + DATE + ", " + TIME);
            }
            at = text.indexOf('{', end);
        }
        return new NamePattern(Path.of(text).toString());
    }

    /** Whether each name is made once only. */
    public boolean hasTime() {
        return text.contains(TIME);
    }

    /** The pattern with a time in it: where it has none, before the endings of the file's name. */
    public NamePattern withTime() {
        if (hasTime()) {
            return this;
        }
        int name = text.lastIndexOf('/') + 1;
        int end = withoutEnding(text.length(), ".zst", ".gz");
        end = withoutEnding(end, ".jsonl", ".ndjson");
        return new NamePattern(text.substring(0, end) + (end > name ? "-" : "") + TIME + text.substring(end));
    }

    private int withoutEnding(int end, String... endings) {
        for (String ending : endings) {
            if (text.startsWith(ending, end - ending.length())) {
                return end - ending.length();
            }
        }
        return end;
    }

    /** The name for this host at this time, of which the milliseconds count. */
    Path path(String host, Instant time) {
        return Path.of(name(text, host, time));
    }

    /** A part of the pattern as it is for this host at this time. */
    static String name(String part, String host, Instant time) {
        return filled(part, host, date(time), time(time));
    }

    /** How many characters a part of the pattern takes. */
    static int length(String part, String host) {
        return filled(part, host, DATE_SHAPE, TIME_SHAPE).length();
    }

    private static String filled(String part, String host, String date, String time) {
        return part.replace(HOST, safe(host)).replace(DATE, date).replace(TIME, time);
    }

    /** The time that this pattern gives this name for, with {@link #TIME} in it; null when it is none of its names. */
    @Nullable
    Instant timeOf(Path path, String host) {
        String name = path.toString();
        int at = length(text.substring(0, text.indexOf(TIME)), host);
        if (name.length() != length(text, host)) {
            return null;
        }
        Instant time = parseTime(name.substring(at, at + TIME_SHAPE.length()));
        return time != null && path(host, time).toString().equals(name) ? time : null;
    }

    /** Makes the directories of a name, from the first on that has a placeholder: a name mistyped makes none. */
    void makeFolders(Path path) throws RecordingException {
        for (int i = fixedNames() + 1; i < path.getNameCount(); i++) {
            Path folder = path.subpath(0, i);
            if (path.isAbsolute()) {
                folder = path.getRoot().resolve(folder);
            }
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
                LockedFile.syncFolder(folder);
            } catch (FileAlreadyExistsException e) {
                // As it should be, or else the next step fails and says so.
            } catch (IOException e) {
                throw LockedFile.failure(folder, e);
            }
        }
    }

    /** The pattern, placeholders and all. */
    Path template() {
        return Path.of(text);
    }

    /** How many names of the path come before the first that has a placeholder, and before the file's own. */
    int fixedNames() {
        Path template = template();
        int fixed = 0;
        while (fixed < template.getNameCount() - 1
                && template.getName(fixed).toString().indexOf('{') < 0) {
            fixed++;
        }
        return fixed;
    }

    private static String date(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        return "%04d-%02d-%02d".formatted(utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth());
    }

    private static String time(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        return date(time).replace("-", "")
                + "T%02d%02d%02d.%03dZ"
                        .formatted(utc.getHour(), utc.getMinute(), utc.getSecond(), utc.getNano() / 1_000_000);
    }

    private static @Nullable Instant parseTime(String time) {
        try {
            return Instant.parse(time.substring(0, 4) + "-" + time.substring(4, 6) + "-" + time.substring(6, 11) + ":"
                    + time.substring(11, 13) + ":" + time.substring(13));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A host's name without what leads elsewhere, hides a file, or must be quoted. */
    static String safe(String host) {
        StringBuilder safe = new StringBuilder(host);
        safe.setLength(Math.min(host.length(), MOST_HOST));
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (PLAIN.indexOf(c) < 0 && (c != '.' || i == 0)) {
                safe.setCharAt(i, '_');
            }
        }
        return safe.isEmpty() ? "_" : safe.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
