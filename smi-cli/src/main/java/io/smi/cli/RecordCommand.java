package io.smi.cli;

import io.smi.cli.LineSource.SourceException;
import io.smi.core.Readers;
import io.smi.record.Line;
import io.smi.record.remote.RemoteFrames;
import io.smi.record.remote.RemoteOptions;
import io.smi.record.write.Recording;
import io.smi.record.write.RecordingException;
import io.smi.record.write.RecordingFiles;
import io.smi.record.write.StreamRecording;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code smi record}: writes frames into a file until a signal, or the time that was asked for, ends it. */
final class RecordCommand implements SmiCommand.Command {
    @Override
    public CommandSpec spec() {
        return RecordOptions.spec();
    }

    /**
     * SIGINT, SIGTERM and SIGHUP run the shutdown hook, which ends the source: this thread then writes the end of the file and
     * ends the process with its own exit code, for which the hook waits. Nothing else runs it, for every command ends by
     * {@code halt}.
     */
    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        RecordOptions options = RecordOptions.of(parsed);
        try (RecordingTalk talk = new RecordingTalk(console, options.quiet());
                LineSource source = source(parsed, options, talk)) {
            Thread recorder = Thread.currentThread();
            Thread end = new Thread(
                    () -> {
                        source.stop();
                        awaitEnd(recorder);
                    },
                    "smi-end");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                return record(options, source, talk, console);
            } finally {
                remove(end);
            }
        }
    }

    private static LineSource source(ParseResult parsed, RecordOptions options, RecordingTalk talk) {
        RemoteOptions remote = options.remote();
        if (remote != null) {
            try {
                return new RemoteSource(RemoteFrames.open(remote, talk::warn), options.duration());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(parsed.commandSpec().commandLine(), e.getMessage());
            }
        }
        Readers readers = options.reader().live(options.roots(), options.cmdline());
        return new LocalSource(readers, options.include(), options.timeout(), options.interval(), options.duration());
    }

    private static int record(RecordOptions options, LineSource source, RecordingTalk talk, Console console)
            throws IOException {
        Recording recording;
        try {
            recording = begin(options.file(), source, talk, console);
        } catch (RecordingException | SourceException e) {
            talk.refused(e);
            return ExitCode.FAILED;
        }
        if (recording == null) {
            return ExitCode.OK;
        }
        try (recording) {
            source.after(recording.totals().lastSeq());
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
        } catch (RecordingException | SourceException e) {
            talk.failed(e, recording.totals(), source.missing());
            return ExitCode.FAILED;
        }
    }

    /**
     * Standard output for null. A file is not made before it is known that there are frames, so that the next attempt does not
     * find it. Gives null when it was stopped before.
     */
    private static @Nullable Recording begin(
            RecordOptions.@Nullable File file, LineSource source, RecordingTalk talk, Console console)
            throws IOException {
        if (file == null) {
            return new StreamRecording(console.out());
        }
        String host = source.host();
        if (host == null) {
            return null;
        } else if (file.name().hasTime()) {
            return RecordingFiles.rotated(file.name(), host, file.rotation(), file.settings(), talk::warn);
        }
        return RecordingFiles.one(file.name(), host, file.existing(), file.settings(), talk::warn);
    }

    @SuppressWarnings("ThreadJoinLoop") // nobody interrupts a shutdown hook
    private static void awaitEnd(Thread recorder) {
        try {
            recorder.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
