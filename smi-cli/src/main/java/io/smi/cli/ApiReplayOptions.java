package io.smi.cli;

import io.smi.cli.replay.RecordedFiles;
import io.smi.cli.replay.Replay;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.Speed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Which recording {@code smi api} is to serve in place of the machine.
 *
 * @param files of the recording, in their order
 * @param loop whether it begins again after its end
 */
record ApiReplayOptions(List<Path> files, Speed speed, boolean loop) {
    /** What is said about reading the machine. */
    private static final List<String> OF_THE_MACHINE =
            List.of("--interval", "--timeout", "--cmdline", "--path.procfs", "--path.sysfs", "--path.rootfs");

    ApiReplayOptions {
        files = List.copyOf(files);
    }

    static void add(CommandSpec spec) {
        Picocli.lists(
                spec,
                ApiReplayOptions::file,
                "FILE",
                "Serve a recording as if it were this machine; several files in this order. After its end the last"
                        + " frame stays.",
                "--replay");
        Picocli.value(
                spec,
                Picocli.checked(speed -> Speed.parse(speed)),
                "SPEED",
                "Of a recording: 1 (default), another number such as 10 or 0.5, or max; at most 20 frames a second.",
                "--speed");
        Picocli.flag(spec, "Begin the recording again after its end.", "--loop");
    }

    /** What was asked for; null for the machine. */
    static @Nullable ApiReplayOptions of(ParseResult parsed) {
        boolean replays = parsed.hasMatchedOption("--replay");
        for (String option : List.of("--speed", "--loop")) {
            if (!replays && parsed.hasMatchedOption(option)) {
                throw refused(parsed, option + " goes with --replay");
            }
        }
        for (String option : OF_THE_MACHINE) {
            if (replays && parsed.hasMatchedOption(option)) {
                throw refused(parsed, option + " and --replay: a recording is read, not this machine");
            }
        }
        return replays
                ? new ApiReplayOptions(
                        parsed.matchedOptionValue("--replay", List.of()),
                        Picocli.chosen(parsed, "--speed", Speed.RECORDED),
                        Picocli.isSet(parsed, "--loop"))
                : null;
    }

    /**
     * The recording.
     *
     * @param told what users should know of it, in one line each
     * @throws IOException when it cannot be read or holds no frame; the message is for users
     */
    Replay open(Consumer<String> told) throws IOException {
        try {
            return Replay.of(new RecordedFiles(files), speed, loop, told);
        } catch (IOException e) {
            throw new IOException("--replay: " + e.getMessage(), e);
        }
    }

    private static ParameterException refused(ParseResult parsed, String message) {
        return new ParameterException(parsed.commandSpec().commandLine(), message);
    }

    private static Path file(String name) {
        if (name.equals(RecordingReader.STDIN.toString())) {
            throw new TypeConversionException("'-' is standard input, which cannot be read twice; name a file");
        }
        return Picocli.path(name);
    }
}
