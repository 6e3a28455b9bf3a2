package io.smi.record.read;

import io.smi.record.Line;
import io.smi.record.read.RecordingReader.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a reading of all that a recording holds has shown. */
public final class Verification {
    private long frames;
    private @Nullable Line first;
    private @Nullable Line last;
    private long clockSetBack;
    private long gaps;
    private long missing;
    private long damagedBytes;
    private long tornBytes;
    private long badLines;
    private long outOfOrder;
    private boolean damaged;

    private Verification() {}

    /**
     * Reads everything, every key of every frame.
     *
     * @param findings told each thing that is wrong
     * @param progress told each line
     * @throws IOException when a file cannot be read; the message is for users
     */
    public static Verification of(
            List<Path> files, InputStream stdin, Consumer<Finding> findings, Consumer<Line> progress)
            throws IOException {
        Verification verification = new Verification();
        Consumer<Finding> both = finding -> {
            verification.count(finding);
            findings.accept(finding);
        };
        try (RecordingReader reader = RecordingReader.open(files, stdin, Check.ALL, both)) {
            Line line = reader.next();
            while (line != null) {
                verification.count(line);
                progress.accept(line);
                line = reader.next();
            }
        }
        return verification;
    }

    private void count(Line line) {
        frames++;
        if (first == null) {
            first = line;
        }
        if (last != null && line.time().isBefore(last.time())) {
            clockSetBack++;
        }
        last = line;
    }

    @SuppressWarnings("IfChainToSwitch") // the formatter, which runs on Java 17, cannot read a switch over types
    private void count(Finding finding) {
        damaged |= finding.damage();
        if (finding instanceof Finding.Damaged bytes) {
            damagedBytes += bytes.to() - bytes.from();
        } else if (finding instanceof Finding.Torn torn) {
            tornBytes += torn.bytes();
        } else if (finding instanceof Finding.Gap gap) {
            gaps++;
            missing += gap.missing();
        } else if (finding instanceof Finding.BadLine) {
            badLines++;
        } else {
            outOfOrder++;
        }
    }

    /** Whether anything is not as it was written, or was not written to its end. */
    public boolean damaged() {
        return damaged;
    }

    /** How many frames there are. */
    public long frames() {
        return frames;
    }

    /** Number of the first frame; null without frames. */
    public @Nullable Long firstSeq() {
        return first == null ? null : first.seq();
    }

    /** Number of the last frame; null without frames. */
    public @Nullable Long lastSeq() {
        return last == null ? null : last.seq();
    }

    /** Time of the first frame; null without frames. */
    public @Nullable Instant firstTime() {
        return first == null ? null : first.time();
    }

    /** Time of the last frame; null without frames. */
    public @Nullable Instant lastTime() {
        return last == null ? null : last.time();
    }

    /** How many frames are older than the one before them. */
    public long clockSetBack() {
        return clockSetBack;
    }

    /** How many times frames are missing, without damage. */
    public long gaps() {
        return gaps;
    }

    /** How many frames are missing there, all in all. */
    public long missing() {
        return missing;
    }

    /** Bytes that cannot be read, with more to read after them. */
    public long damagedBytes() {
        return damagedBytes;
    }

    /** Bytes at the end that make no whole line. */
    public long tornBytes() {
        return tornBytes;
    }

    /** Lines that are no frames. */
    public long badLines() {
        return badLines;
    }

    /** Frames whose number is not larger than that of the one before. */
    public long outOfOrder() {
        return outOfOrder;
    }
}
