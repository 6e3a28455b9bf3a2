package io.smi.cli.replay;

import io.smi.cli.text.Human;
import io.smi.record.Line;
import io.smi.record.codec.Codec;
import io.smi.record.codec.FileSource;
import io.smi.record.codec.Input;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.RecordingReader.Check;
import io.smi.record.read.UnreadableException;
import io.smi.record.read.Verification;
import io.smi.schema.FrameFormatException;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of a recording instead of its frames: a name and a value a line. */
public final class Report {
    private final StringBuilder text = new StringBuilder();

    private Report() {}

    /** What a verification has shown. */
    public static String of(Verification found) {
        Report report = new Report();
        report.line("frames", found.frames());
        if (found.frames() > 0) {
            report.line("seq", found.firstSeq() + " to " + found.lastSeq());
            report.line("first", found.firstTime());
            report.line("last", found.lastTime());
        }
        report.line("gaps", found.gaps());
        report.line("missing frames", found.missing());
        report.line("damaged bytes", found.damagedBytes());
        report.line("torn bytes", found.tornBytes());
        report.line("bad lines", found.badLines());
        report.line("out of order", found.outOfOrder());
        report.line("clock set back", found.clockSetBack());
        String result = found.gaps() > 0 ? "incomplete" : "whole";
        return report.line("result", found.damaged() ? "damaged" : result).text.toString();
    }

    /**
     * What a recording's name, its first and its last frame tell.
     *
     * @throws IOException when it cannot be read, or holds no frame; the message is for users
     */
    public static String of(Path file) throws IOException {
        try (RecordingReader reader =
                RecordingReader.open(List.of(file), InputStream.nullInputStream(), Check.HEADS, ignored -> {})) {
            Line first = reader.first();
            Line last = reader.last();
            if (first == null || last == null) {
                throw new UnreadableException("no frame in " + file);
            }
            SnapshotFrame frame = last.frame();
            Report report = new Report();
            report.line("file", file);
            report.line("codec", codec(file).name().toLowerCase(Locale.ROOT));
            report.line("size", Human.bytes(Files.size(file)));
            report.line("host", frame.hostname());
            report.line(
                    "sections", frame.sections().stream().map(Section::label).collect(Collectors.joining(",")));
            report.line("interval", interval(first, last));
            report.line("seq", first.seq() + " to " + last.seq());
            report.line("first", first.time());
            report.line("last", last.time());
            return report.line("duration", duration(first.time(), last.time()))
                    .text
                    .toString();
        } catch (FrameFormatException e) {
            throw new UnreadableException("the last line of " + file + " is no frame: " + e.getMessage());
        }
    }

    private static Codec codec(Path file) throws IOException {
        try (Input in = new Input(new FileSource(FileChannel.open(file)))) {
            return Codec.of(in, file.toString());
        }
    }

    /** On the average, which a busy machine's last window is not. */
    private static String interval(Line first, Line last) {
        long steps = last.seq() - first.seq();
        Duration time = Duration.between(first.time(), last.time());
        return steps <= 0 || time.isNegative()
                ? "unknown"
                : time.dividedBy(steps).toMillis() + " ms";
    }

    private static String duration(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return duration.isNegative() ? "unknown: the clock was set back" : Human.time(duration.toSeconds());
    }

    private Report line(String name, @Nullable Object value) {
        text.append(name).append(" ".repeat(16 - name.length())).append(value).append('\n');
        return this;
    }
}
