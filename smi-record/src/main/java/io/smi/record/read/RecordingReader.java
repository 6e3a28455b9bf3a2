package io.smi.record.read;

import io.smi.record.Line;
import io.smi.record.codec.FileSource;
import io.smi.record.codec.Input;
import io.smi.record.codec.PipeSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads recordings, one after the other: the segments of a long one, or several. In memory are a chunk and a line, however
 * long the recording is. What cannot be read is told and left out.
 */
public final class RecordingReader implements Closeable {
    /** The name of standard input. */
    public static final Path STDIN = Path.of("-");

    private final List<Path> files;
    private final InputStream stdin;
    private final boolean checkAll;
    private final Consumer<Finding> findings;
    private int nextFile;
    private @Nullable Lines lines;
    private @Nullable Long lastSeq;
    private @Nullable Line peeked;
    private @Nullable Instant from;

    /** How much of what a checksum has found right is looked at once more. */
    public enum Check {
        /** The number and the time of each frame. */
        HEADS,
        /** Every key. */
        ALL
    }

    private RecordingReader(List<Path> files, InputStream stdin, Check check, Consumer<Finding> findings) {
        this.files = List.copyOf(files);
        this.stdin = stdin;
        this.checkAll = check == Check.ALL;
        this.findings = findings;
    }

    /**
     * A reader of these recordings, in this order.
     *
     * @param files may be {@link #STDIN}
     * @param stdin what that is
     * @param findings told what is wrong, before the next line or at the end
     * @throws UnreadableException when one of them cannot be read; the message is for users
     */
    public static RecordingReader open(List<Path> files, InputStream stdin, Check check, Consumer<Finding> findings)
            throws IOException {
        for (Path file : files) {
            if (!file.equals(STDIN)) {
                checkReadable(file);
            }
        }
        return new RecordingReader(files, stdin, check, findings);
    }

    private static void checkReadable(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UnreadableException("'" + file + "' does not exist");
        } else if (Files.isDirectory(file)) {
            throw new UnreadableException("'" + file + "' is a directory, not a recording");
        } else if (!Files.isReadable(file)) {
            throw new UnreadableException("'" + file + "' cannot be read: permission denied");
        }
    }

    /**
     * The next line; null at the end.
     *
     * @throws UnreadableException when a file cannot be read at all; the message is for users
     */
    public @Nullable Line next() throws IOException {
        Line line = peek();
        peeked = null;
        return line;
    }

    /** The line that {@link #next} will return; null at the end. */
    public @Nullable Line peek() throws IOException {
        while (peeked == null) {
            if (lines == null && !openNext()) {
                return null;
            }
            Line line = read();
            if (line != null && (from == null || !line.time().isBefore(from))) {
                from = null;
                peeked = line;
            }
        }
        return peeked;
    }

    /** A line of the present file; null at its end. */
    private @Nullable Line read() throws IOException {
        Lines present = lines;
        if (present == null) {
            return null;
        }
        Path file = files.get(nextFile - 1);
        try {
            Line line = present.next();
            if (line == null) {
                lastSeq = present.lastSeq();
                lines = null;
                present.close();
            }
            return line;
        } catch (IOException e) {
            throw new UnreadableException("cannot read " + name(file) + ": " + reason(e), e);
        }
    }

    private boolean openNext() throws IOException {
        if (nextFile == files.size()) {
            return false;
        }
        Path file = files.get(nextFile);
        nextFile++;
        lines = open(file, findings);
        return true;
    }

    private Lines open(Path file, Consumer<Finding> listener) throws IOException {
        try {
            Input in = new Input(file.equals(STDIN) ? new PipeSource(stdin) : new FileSource(channel(file)));
            return new Lines(name(file), in, checkAll, lastSeq, listener);
        } catch (IOException e) {
            throw new UnreadableException("cannot read " + name(file) + ": " + reason(e), e);
        }
    }

    /** What the system says of a file, or of nothing but its name. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist any more";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static String name(Path file) {
        return file.equals(STDIN) ? "standard input" : file.toString();
    }

    /**
     * Goes forward to the first frame of this moment or after it. Takes times to go forward, as they do unless somebody set
     * the clock back.
     */
    public void seek(Instant moment) throws IOException {
        from = moment;
        if (peeked != null && peeked.time().isBefore(moment)) {
            peeked = null;
        }
        int file = files.size() - 1;
        while (file > nextFile && !begins(files.get(file), moment)) {
            file--;
        }
        Path target = files.get(Math.max(file, 0));
        if (lines == null && isFile(target)) {
            nextFile = file;
            openNext();
            if (lines != null) {
                lines.seek(Files.size(target), moment);
            }
        }
    }

    /** Whether a recording begins at this moment or before. One that can be read only once may. */
    private boolean begins(Path file, Instant moment) throws IOException {
        if (!isFile(file)) {
            return true;
        }
        Line first = end(file, false);
        return first != null && !first.time().isAfter(moment);
    }

    /** Whether it can be read from any place: neither standard input nor a pipe. */
    private static boolean isFile(Path file) {
        return !file.equals(STDIN) && Files.isRegularFile(file);
    }

    /** The first line of all; null when there is none. */
    public @Nullable Line first() throws IOException {
        for (Path file : files) {
            if (!isFile(file)) {
                return peek();
            }
            Line first = end(file, false);
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /**
     * The last line of all; null when there is none.
     *
     * @throws UnreadableException when that cannot be read before the rest; the message is for users
     */
    public @Nullable Line last() throws IOException {
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            if (!isFile(file)) {
                throw new UnreadableException(name(file) + " is no file, and its last frame not known before its end");
            }
            Line last = end(file, true);
            if (last != null) {
                return last;
            }
        }
        return null;
    }

    /** A recording's first or last line; null when there is none. */
    private @Nullable Line end(Path file, boolean last) throws IOException {
        try (Lines some = open(file, ignored -> {})) {
            Line begin = last ? null : some.probe();
            if (begin != null) {
                return begin;
            }
            if (last) {
                some.seek(Files.size(file), Instant.MAX);
            }
            Line end = some.next();
            Line line = end;
            while (last && line != null) {
                end = line;
                line = some.next();
            }
            return end;
        }
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
