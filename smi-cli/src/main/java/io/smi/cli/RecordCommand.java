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
        RecordingTalk talk = new RecordingTalk(console, options.quiet());
        Recording recording;
        try {
            recording = begin(options, readers.hostname(), console, talk);
        } catch (RecordingException e) {
            console.complain("cannot record: " + e.getMessage());
            return ExitCode.FAILED;
        }
        Collector collector = new Collector(readers, recording.totals().lastSeq() + 1, options.timeout());
        try (LineSource source =
                new LocalSource(collector, options.include(), options.interval(), options.duration())) {
            return record(source, recording, talk);
        }
    }

    private static Recording begin(RecordOptions options, String host, Console console, RecordingTalk talk)
            throws RecordingException {
        RecordOptions.File file = options.file();
        if (file == null) {
            return new StreamRecording(console.out());
        } else if (file.name().hasTime()) {
            return RecordingFiles.rotated(file.name(), host, file.rotation(), file.settings(), talk::warn);
        }
        return RecordingFiles.one(file.name(), host, file.existing(), file.settings(), talk::warn);
    }

    /**
     * Records until the source ends. SIGINT, SIGTERM and SIGHUP run the shutdown hook, which ends the source: this thread then
     * writes the end of the file and ends the process with its own exit code, for which the hook waits. Nothing else runs it,
     * for every command ends by {@code halt}.
     */
    private static int record(LineSource source, Recording recording, RecordingTalk talk) throws IOException {
        Thread recorder = Thread.currentThread();
        Thread end = new Thread(
                () -> {
                    source.stop();
                    join(recorder);
                },
                "smi-end");
        Runtime.getRuntime().addShutdownHook(end);
        try (talk;
                recording) {
            talk.begun(recording);
            Line line = source.next();
            while (line != null) {
                recording.write(line);
                talk.progress(recording, source.dropped());
                line = source.next();
            }
            recording.close();
            talk.ended(recording.totals(), source.missing());
            return ExitCode.OK;
        } catch (RecordingException e) {
            talk.failed(e, recording.totals(), source.missing());
            return ExitCode.FAILED;
        } finally {
            remove(end);
        }
    }

    @SuppressWarnings("ThreadJoinLoop") // the recorder ends the process
    private static void join(Thread recorder) {
        try {
            recorder.join();
        } catch (InterruptedException e) {
            // Nobody interrupts a shutdown hook.
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs: this is how a recording is meant to end.
        }
    }
}
