package io.smi.cli;

import io.smi.cli.replay.Report;
import io.smi.cli.replay.Thinning;
import io.smi.cli.table.Style;
import io.smi.record.Line;
import io.smi.record.read.Finding;
import io.smi.record.read.Pace;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.RecordingReader.Check;
import io.smi.record.read.UnreadableException;
import io.smi.record.read.Verification;
import io.smi.schema.FrameFormatException;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code smi replay}: prints the frames of recordings, or tells how these are. */
final class ReplayCommand implements SmiCommand.Command {
    @Override
    public CommandSpec spec() {
        return ReplayOptions.spec();
    }

    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        ReplayOptions options = ReplayOptions.of(parsed);
        try {
            return switch (options.task()) {
                case VERIFY -> verify(options, console);
                case INFO -> info(options, console);
                case PRINT -> new Printing(options, console).run(parsed);
            };
        } catch (UnreadableException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    private static int verify(ReplayOptions options, Console console) throws IOException {
        AtomicReference<@Nullable Line> newest = new AtomicReference<>();
        Verification found;
        try (StatusLine status = StatusLine.open(console, true, () -> progress(newest.get()))) {
            found = Verification.of(
                    options.files(), System.in, finding -> status.complain(finding.message()), newest::set);
        }
        console.print(Report.of(found));
        if (found.frames() == 0 && !found.damaged()) {
            console.complain("no frame in the recording");
            return ExitCode.FAILED;
        }
        int incomplete = found.gaps() > 0 ? ExitCode.PARTIAL : ExitCode.OK;
        return found.damaged() ? ExitCode.FAILED : incomplete;
    }

    private static String progress(@Nullable Line line) {
        return line == null ? "verifying" : "verifying  seq " + line.seq() + "  " + line.time();
    }

    private static int info(ReplayOptions options, Console console) throws IOException {
        String distance = "";
        for (Path file : options.files()) {
            console.print(distance + Report.of(file));
            distance = "\n";
        }
        return ExitCode.OK;
    }

    /** One run over the frames. */
    private static final class Printing implements Consumer<Finding> {
        private final ReplayOptions options;
        private final Console console;
        private final Style style;
        private boolean damaged;
        private long printed;
        private @Nullable SnapshotFrame last;

        Printing(ReplayOptions options, Console console) {
            this.options = options;
            this.console = console;
            this.style = Style.of(console.colours());
        }

        /** A recording that ends in the middle is no failure: all its whole lines are printed. */
        @Override
        public void accept(Finding finding) {
            console.complain(finding.message());
            damaged |= finding.damage() && !(finding instanceof Finding.Torn);
        }

        int run(ParseResult parsed) throws IOException {
            try (RecordingReader reader = RecordingReader.open(options.files(), System.in, Check.HEADS, this)) {
                Instant from = options.from() == null ? null : options.from().in(reader, null);
                Instant to = options.to() == null ? Instant.MAX : options.to().in(reader, from);
                if (from != null && to.isBefore(from)) {
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(), "--to, " + to + ", is before --from, " + from);
                }
                if (from != null) {
                    reader.seek(from);
                }
                print(reader, to);
                return printed == 0 ? nothing(reader) : damaged ? ExitCode.FAILED : ExitCode.OK;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.FAILED;
            }
        }

        private void print(RecordingReader reader, Instant to) throws IOException, InterruptedException {
            Pace pace = new Pace(options.speed(), Duration.ZERO, System::nanoTime);
            Thinning thinning = new Thinning(options.every());
            Line line = reader.next();
            while (line != null && !line.time().isAfter(to)) {
                if (thinning.takes(line.time())) {
                    TimeUnit.NANOSECONDS.sleep(pace.waitNanos(line.time()));
                    print(line);
                }
                line = reader.next();
            }
            if (last != null) {
                console.write(options.format().render(last, style, null, true));
            }
        }

        /** Of metrics only the last frame's can be told, as a server would at that time. */
        private void print(Line line) throws IOException {
            Set<Section> include = options.include();
            Format format = options.format();
            try {
                if (format.isJson() && include == null) {
                    console.write(Format.line(line.json()));
                } else {
                    SnapshotFrame frame =
                            include == null ? line.frame() : line.frame().only(include);
                    last = format == Format.PROMETHEUS ? frame : null;
                    if (last == null) {
                        console.write(format.render(frame, style, options.table(), printed == 0));
                    }
                }
                printed++;
            } catch (FrameFormatException e) {
                console.complain(line + " cannot be printed: " + e.getMessage());
                damaged = true;
            }
        }

        /** Where the recording ends is told when that can be found out. */
        private int nothing(RecordingReader reader) throws IOException {
            Line first = reader.first();
            if (first == null) {
                console.complain("no frame in the recording");
                return ExitCode.FAILED;
            }
            Line end = options.files().contains(RecordingReader.STDIN) ? null : reader.last();
            String range = end == null ? "" : ": the recording goes from " + first.time() + " to " + end.time();
            console.complain("no frame of that time" + range);
            return ExitCode.FAILED;
        }
    }
}
