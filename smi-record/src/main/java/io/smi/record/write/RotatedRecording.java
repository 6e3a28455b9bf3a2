package io.smi.record.write;

import io.smi.record.Line;
import io.smi.record.write.RecordingFile.Before;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A recording in files that follow each other, each of which can be read by itself. The next is begun before the present one
 * is ended: when that fails, the present one goes on.
 */
final class RotatedRecording implements Recording {
    private final NamePattern pattern;
    private final Rotation rotation;
    private final FileSettings settings;
    private final SegmentNames names;
    private final @Nullable Retention retention;
    private final Consumer<String> warn;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    private RecordingFile present;
    /** When the present file got its first line, or none yet. */
    private Instant begun;

    private @Nullable Totals ended;
    /** How many chunks of the present file had been ended when the next could not be begun; -1 when that did not happen. */
    private int failedAfter = -1;

    private boolean retentionFailed;

    /**
     * Begins the first file.
     *
     * @param pattern with a time
     * @param warn told in one line what did not work and does not end the recording
     */
    RotatedRecording(
            NamePattern pattern,
            String host,
            Rotation rotation,
            FileSettings settings,
            Consumer<String> warn,
            InstantSource clock,
            LongSupplier nanoTime)
            throws RecordingException {
        this.pattern = pattern;
        this.rotation = rotation;
        this.settings = settings;
        this.warn = warn;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.begun = clock.instant();
        this.names = new SegmentNames(pattern, host, newest(pattern, host, begun, warn));
        this.present = begin(begun);
        this.retention = rotation.keep() == null ? null : new Retention(pattern, host, rotation.keep(), present.path());
        deleteOld();
    }

    /** What names go on from. A folder that is not there, or may not be read, holds nothing back. */
    private static @Nullable Segment newest(NamePattern pattern, String host, Instant now, Consumer<String> warn) {
        Segment newest;
        try {
            newest = SegmentNames.newest(Segment.all(pattern, host), now);
        } catch (RecordingException e) {
            return null;
        }
        if (newest != null && newest.time().isAfter(now)) {
            warn.accept(
                    newest.path() + ": is named for a time that the clock has yet to reach: the next names follow it");
        }
        return newest;
    }

    /** Makes the next file. A name that is taken is stepped over. */
    private RecordingFile begin(Instant now) throws RecordingException {
        while (true) {
            Path path = names.next(now);
            pattern.makeFolders(path);
            LockedFile file = LockedFile.create(path);
            if (file != null) {
                return RecordingFiles.begin(file, Before.NOTHING, settings, nanoTime);
            }
        }
    }

    @Override
    public void write(Line line) throws RecordingException {
        Instant now = clock.instant();
        if (present.totals().frames() == 0) {
            begun = now;
        } else if (present.chunks() > failedAfter && rotation.isDue(present.size(), begun, now)) {
            rotate(now);
        }
        present.write(line);
    }

    private void rotate(Instant now) throws RecordingException {
        RecordingFile next;
        try {
            next = begin(now);
        } catch (RecordingException e) {
            if (failedAfter < 0) {
                warn.accept("cannot begin the next file, so " + present.path() + " goes on: " + e.getMessage());
            }
            failedAfter = present.chunks();
            return;
        }
        RecordingFile last = present;
        present = next;
        begun = now;
        failedAfter = -1;
        try {
            last.close();
        } finally {
            ended = ended == null ? last.totals() : ended.plus(last.totals());
        }
        deleteOld();
    }

    private void deleteOld() {
        try {
            if (retention != null) {
                retention.apply(present.path());
                retentionFailed = false;
            }
        } catch (RecordingException e) {
            if (!retentionFailed) {
                warn.accept("cannot delete old files: " + e.getMessage());
            }
            retentionFailed = true;
        }
    }

    @Override
    public Totals totals() {
        return ended == null ? present.totals() : ended.plus(present.totals());
    }

    @Override
    public @Nullable Long freeBytes() {
        return present.freeBytes();
    }

    @Override
    public void close() throws RecordingException {
        present.close();
    }
}
