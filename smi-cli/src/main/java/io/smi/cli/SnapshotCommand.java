package io.smi.cli;

import io.smi.cli.table.Style;
import io.smi.core.Collector;
import io.smi.core.Grid;
import io.smi.core.Readers;
import io.smi.schema.EncodedFrame;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code smi snapshot}: reads the machine once, or {@code --samples} times, and prints what it saw. */
final class SnapshotCommand implements SmiCommand.Command {

    @Override
    public CommandSpec spec() {
        return SnapshotOptions.spec();
    }

    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        SnapshotOptions options = SnapshotOptions.of(parsed);
        String file = options.output();
        if (options.toStdout()) {
            return run(options, console, Output.to(file, console));
        }
        try (Output output = Output.to(file, console)) {
            return run(options, console, output);
        } catch (ClosedPipeException e) {
            throw e;
        } catch (IOException | InvalidPathException e) {
            console.complain("cannot write --output " + file + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static int run(SnapshotOptions options, Console console, Output output) throws IOException {
        Readers readers = options.reader().readers(options.roots(), options.cmdline());
        Style style = Style.of(options.toStdout() && console.colours());
        boolean partial = false;
        try (Collector collector = new Collector(readers, 1, options.timeout())) {
            sampleBefore(collector, options);
            Grid grid = new Grid(options.interval());
            for (int i = 0; i < options.samples(); i++) {
                if (i > 0) {
                    grid.await();
                }
                SnapshotFrame frame = collector.collect(options.include());
                output.write(render(frame, options, style, i == 0));
                partial |= isPartial(frame);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
        output.commit();
        return options.strict() && partial ? ExitCode.PARTIAL : ExitCode.OK;
    }

    /**
     * The sample that the first frame's rates are measured from. It is taken twice: the first time loads classes and
     * reads static facts, and that work must not fall into the window.
     */
    private static void sampleBefore(Collector collector, SnapshotOptions options) throws InterruptedException {
        Duration window = options.window();
        if (!window.isZero()) {
            collector.sample(options.include());
            collector.sample(options.include());
            Thread.sleep(window);
        }
    }

    private static byte[] render(SnapshotFrame frame, SnapshotOptions options, Style style, boolean first) {
        if (options.pretty()) {
            return Format.line(EncodedFrame.pretty(EncodedFrame.of(frame).bytes()));
        }
        return options.format().render(frame, style, options.table(), first);
    }

    /** Lacking a permission is how most people run this, every time: it is told, but does not count. */
    private static boolean isPartial(SnapshotFrame frame) {
        for (FrameError error : frame.errors()) {
            if (error.kind() != ErrorKind.DENIED) {
                return true;
            }
        }
        return false;
    }
}
