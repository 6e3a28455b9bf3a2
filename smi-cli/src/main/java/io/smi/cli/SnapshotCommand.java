package io.smi.cli;

import io.smi.cli.table.Style;
import io.smi.cli.table.TableView;
import io.smi.core.Collector;
import io.smi.core.Grid;
import io.smi.core.Readers;
import io.smi.schema.EncodedFrame;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.SnapshotFrame;
import io.smi.server.metrics.Exposition;
import io.smi.server.metrics.FrameMetrics;
import io.smi.server.metrics.ServerMetrics;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.Arrays;
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
        Readers readers = Readers.linux(options.roots(), options.cmdline());
        boolean colours = options.toStdout() && console.colours();
        boolean partial = false;
        try (Collector collector = new Collector(readers, 1, options.timeout())) {
            sampleBefore(collector, options);
            Grid grid = new Grid(options.interval());
            for (int i = 0; i < options.samples(); i++) {
                if (i > 0) {
                    grid.await();
                }
                SnapshotFrame frame = collector.collect(options.include());
                output.write(render(frame, options, i, colours));
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

    private static byte[] render(SnapshotFrame frame, SnapshotOptions options, int sample, boolean colours) {
        if (options.format() == SnapshotOptions.Format.TABLE) {
            return TableView.render(frame, Style.of(colours), sample > 0);
        }
        if (options.format() == SnapshotOptions.Format.PROMETHEUS) {
            return Exposition.TEXT.render(ServerMetrics.ofVersion(SmiCommand.version()), FrameMetrics.of(frame));
        }
        byte[] json = EncodedFrame.of(frame).bytes();
        return line(options.pretty() ? EncodedFrame.pretty(json) : json);
    }

    /** In one piece with its end, so that a reader of a pipe never sees a line without one. */
    private static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
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
