package io.smi.cli;

import io.smi.cli.replay.Moment;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.Speed;
import io.smi.schema.CsvTable;
import io.smi.schema.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code smi replay} was asked for.
 *
 * @param include the sections to print; null for all that were recorded
 * @param every one frame per that time; zero for all frames
 */
record ReplayOptions(
        List<Path> files,
        Task task,
        @Nullable Moment from,
        @Nullable Moment to,
        Speed speed,
        Duration every,
        Format format,
        @Nullable CsvTable table,
        @Nullable Set<Section> include) {

    /** What is to be done with a recording. */
    enum Task {
        PRINT,
        VERIFY,
        INFO
    }

    /** What is said about printing. */
    private static final List<String> OF_PRINTING =
            List.of("--from", "--to", "--speed", "--every", "--format", "--json", "--query", "--include");

    ReplayOptions {
        files = List.copyOf(files);
    }

    static CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        Picocli.parameters(spec, Picocli::path, "FILE", "Recordings, in their order; - is standard input.");
        rangeOptions(spec);
        Format.add(spec);
        SourceOptions.addSections(spec, "Print these sections only, comma-separated, of " + Section.NAMES + ".");
        Picocli.flag(
                spec, "Read everything and tell what is damaged, torn or missing, instead of printing it.", "--verify");
        Picocli.flag(spec, "Tell what the recordings are of, at once, instead of printing them.", "--info");
        SmiCommand.addCommon(spec);
        spec.usageMessage()
                .description("Print the frames of recordings, from any time on.")
                .sortOptions(false)
                .footer(
                        "%nTIME is a time of day (14:30, 14:30:05, of the local time zone, or 14:30Z), RFC 3339"
                                + " (2026-11-23T14:30:00Z), or counted from the first or last frame (+90s, -5m).",
                        "%nExamples:",
                        "  smi replay run.jsonl.zst                       a table per frame",
                        "  smi replay --json run.jsonl.zst | jq .memory",
                        "  smi replay --from 14:30 --to 14:35 --json run-*.jsonl.zst",
                        "  smi replay --from -5m --speed 1 run.jsonl.zst  its last five minutes",
                        "  smi replay --every 10m --json run.jsonl.zst",
                        "  smi replay --verify run.jsonl.zst",
                        "%nExit codes: 0 ok, 1 damaged or failed, 2 wrong usage,",
                        "  with --verify: 0 whole, 1 damaged or torn, 3 frames are missing");
        return spec;
    }

    private static void rangeOptions(CommandSpec spec) {
        Picocli.value(spec, ReplayOptions::moment, "TIME", "Begin with the first frame of then or later.", "--from");
        Picocli.value(spec, ReplayOptions::moment, "TIME", "End before the first frame after then.", "--to");
        Picocli.value(
                spec,
                Picocli.checked(Speed::parse),
                "SPEED",
                "max (default), 1 as it was recorded, or another number such as 10 or 0.5; waits no more than"
                        + " 10 s longer than usual where nothing was recorded.",
                "--speed");
        Picocli.value(
                spec, Durations.INTERVAL, "DURATION", "Print one frame per that time only, such as 10s.", "--every");
    }

    static ReplayOptions of(ParseResult parsed) {
        boolean verify = parsed.hasMatchedOption("--verify");
        boolean info = parsed.hasMatchedOption("--info");
        if (verify && info) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "--verify and --info: one of them");
        }
        for (String option : OF_PRINTING) {
            if ((verify || info) && parsed.hasMatchedOption(option)) {
                throw new ParameterException(
                        parsed.commandSpec().commandLine(),
                        option + " goes without " + (verify ? "--verify" : "--info") + ", which prints no frames");
            }
        }
        List<Path> files = parsed.matchedPositionalValue(0, List.of());
        if (files.isEmpty()) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "needs a FILE, or - for standard input");
        }
        if (info && files.contains(RecordingReader.STDIN)) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "--info goes with files, not with -");
        }
        Format format = Format.of(parsed);
        Set<Section> include = Format.include(parsed);
        return new ReplayOptions(
                files,
                verify ? Task.VERIFY : info ? Task.INFO : Task.PRINT,
                parsed.matchedOptionValue("--from", null),
                parsed.matchedOptionValue("--to", null),
                Picocli.chosen(parsed, "--speed", Speed.MAX),
                Picocli.chosen(parsed, "--every", Duration.ZERO),
                format,
                verify || info ? null : Format.table(parsed, format, include),
                include);
    }

    private static Moment moment(String text) {
        try {
            return Moment.parse(text, ZoneId::systemDefault, Durations.FROM_ZERO::convert);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
