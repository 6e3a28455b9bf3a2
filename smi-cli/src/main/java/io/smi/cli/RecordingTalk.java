package io.smi.cli;

import io.smi.cli.text.Human;
import io.smi.record.write.Recording;
import io.smi.record.write.Totals;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a recording says of itself, on stderr: how it is going, where somebody looks at it, and what came of it. */
final class RecordingTalk implements AutoCloseable {
    private final Console console;
    private final boolean quiet;
    private final long start = System.nanoTime();
    /** Made by the thread that records, shown by another. */
    private volatile RecordingStatus status = new RecordingStatus("", 0, 0, 0, 0, null);

    private @Nullable StatusLine line;

    RecordingTalk(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    /** It has begun. */
    void begun(Recording recording) {
        progress(recording, 0);
        line = StatusLine.open(console, !quiet, () -> status.text(Duration.ofNanos(System.nanoTime() - start)));
    }

    /** A line was written. */
    void progress(Recording recording, long dropped) {
        Totals totals = recording.totals();
        status = new RecordingStatus(
                totals.file() == null ? "to standard output" : totals.file().toString(),
                totals.frames(),
                totals.content(),
                totals.written(),
                dropped,
                recording.freeBytes());
    }

    /** Something did not work, and the recording goes on. */
    void warn(String message) {
        if (line == null) {
            console.complain(message);
        } else {
            line.complain(message);
        }
    }

    /** The end of the status line. */
    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }

    /** It has ended as it was asked to. */
    void ended(Totals totals, @Nullable String missing) {
        close();
        tellMissing(missing);
        if (!quiet) {
            String file = totals.file() == null ? "standard output" : where(totals);
            console.complain("recorded " + frames(totals) + " to " + file + " (" + size(totals) + ")");
        }
    }

    /** It could not begin. */
    void refused(IOException why) {
        console.complain("cannot record: " + why.getMessage());
    }

    /** It had to end: what there is stays. */
    void failed(IOException why, Totals totals, @Nullable String missing) {
        close();
        tellMissing(missing);
        String where = totals.file() == null ? "" : " in " + where(totals);
        String upTo = totals.frames() == 0 ? "" : ", up to seq " + totals.lastSeq();
        console.complain(why.getMessage() + "; kept " + frames(totals) + where + upTo);
    }

    private void tellMissing(@Nullable String missing) {
        if (missing != null) {
            console.complain(missing);
        }
    }

    private static String where(Totals totals) {
        return totals.files() > 1 ? totals.files() + " files up to " + totals.file() : String.valueOf(totals.file());
    }

    private static String frames(Totals totals) {
        return totals.frames() + (totals.frames() == 1 ? " frame" : " frames");
    }

    private static String size(Totals totals) {
        String size = Human.bytes(totals.written());
        boolean compressed = totals.written() > 0 && totals.content() > totals.written();
        return compressed ? size + ", " + Human.threeDigits((double) totals.content() / totals.written()) + "x" : size;
    }
}
