package io.smi.cli;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.record.Line;
import io.smi.record.write.Recording;
import io.smi.record.write.RecordingException;
import io.smi.record.write.RecordingFiles;
import io.smi.record.write.StreamRecording;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code smi record}: writes frames into a file until a signal, or the time that was asked for, ends it. */
final class RecordCommand implements SmiCommand.Command {
    @Override
    public CommandSpec spec() {
        return RecordOptions.spec();
    }

    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        RecordOptions options = RecordOptions.of(parsed);
        Readers readers = Readers.linux(options.roots(), options.cmdline());
        Recording recording;
        try {
            recording = begin(options, readers.hostname(), console);
        } catch (RecordingException e) {
            console.complain("cannot record into " + e.getMessage());
            return ExitCode.FAILED;
        }
        Long last = recording.lastSeq();
        Collector collector = new Collector(readers, last == null ? 1 : last + 1, options.timeout());
        RecordingTalk talk = new RecordingTalk(console, options.quiet());
        try (LineSource source =
                        new LocalSource(collector, options.include(), options.interval(), options.duration());
                recording) {
            record(source, recording);
            recording.close();
            talk.end(recording.totals(), source.missing());
            return ExitCode.OK;
        } catch (RecordingException e) {
            talk.failed(e, recording.totals());
            return ExitCode.FAILED;
        }
    }

    private static Recording begin(RecordOptions options, String host, Console console) throws RecordingException {
        RecordOptions.File file = options.file();
        if (file == null) {
            return new StreamRecording(console.out());
        } else if (file.name().hasTime()) {
            return RecordingFiles.rotated(file.name(), host, file.rotation(), file.settings(), console::complain);
        }
        return RecordingFiles.one(file.name(), host, file.existing(), file.settings(), console::complain);
    }

    /**
     * SIGINT, SIGTERM and SIGHUP run the shutdown hooks, and the JVM ends as if killed when all have returned: this one does
     * not, until this thread has written the end of the file, and ends the process with the command's exit code.
     */
    private static void record(LineSource source, Recording recording) throws IOException {
        Thread recorder = Thread.currentThread();
        Thread end = new Thread(
                () -> {
                    source.stop();
                    awaitEnd(recorder);
                },
                "smi-end");
        Runtime.getRuntime().addShutdownHook(end);
        ...
    }
}
