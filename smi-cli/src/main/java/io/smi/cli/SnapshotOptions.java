package io.smi.cli;

import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.CsvTable;
import io.smi.schema.Section;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What {@code smi snapshot} was asked for. */
record SnapshotOptions(
        Format format,
        @Nullable CsvTable table,
        boolean pretty,
        Set<Section> include,
        int samples,
        Duration interval,
        Duration window,
        Duration timeout,
        @Nullable String output,
        boolean strict,
        ReaderChoice reader,
        Roots roots,
        CmdlineMode cmdline) {

    /** Whether the frames go to standard output. */
    boolean toStdout() {
        return output == null || output.equals("-");
    }

    static CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        formatOptions(spec);
        samplingOptions(spec);
        SourceOptions.add(spec);
        SmiCommand.addCommon(spec);
        spec.usageMessage()
                .description("Read the hardware once and print it: a table for people, JSON for programs.")
                .sortOptions(false)
                .footer(
                        "%nExamples:",
                        "  smi snapshot                                  what a person wants to see",
                        "  smi snapshot --json | jq '.cpus[].utilization_percent'",
                        "  smi snapshot --json --include gpu,process     who uses the machine",
                        "  smi snapshot --json --samples 10 --interval 500ms",
                        "  smi snapshot --json --window 0                no rates, in a few milliseconds",
                        "  smi snapshot --format csv --query hostname,gpus.index,gpus.power_watts",
                        "%nExit codes: 0 ok, 1 failed, 2 wrong usage, 3 incomplete with --strict");
        return spec;
    }

    private static void formatOptions(CommandSpec spec) {
        Format.add(spec);
        Picocli.flag(spec, "Indent the JSON.", "--pretty");
        Picocli.value(
                spec,
                Picocli::fileName,
                "FILE",
                "Write to FILE, which appears complete or not at all.",
                "-o",
                "--output");
        Picocli.flag(
                spec, "End with 3 when something could not be read; a lacking permission does not count.", "--strict");
    }

    private static void samplingOptions(CommandSpec spec) {
        SourceOptions.addSections(
                spec, "Sections, comma-separated, of " + Section.NAMES + " (default gpu,cpu,memory,chassis).");
        Picocli.value(spec, Counts.FROM_ONE, "N", "Frames to take (default 1).", "--samples");
        Picocli.value(
                spec, Durations.INTERVAL, "TIME", "Time between frames (default 1s, at least 50ms).", "--interval");
        Picocli.value(
                spec,
                Durations.FROM_ZERO,
                "TIME",
                "Time over which the first frame's rates are measured (default 100ms); 0: no rates.",
                "--window");
        Picocli.value(
                spec,
                Durations.TIMEOUT,
                "TIME",
                "What each reader is given (default 2s); one that hangs is told under errors.",
                "--timeout");
    }

    static SnapshotOptions of(ParseResult parsed) {
        Format format = Format.of(parsed);
        CommandLine line = parsed.commandSpec().commandLine();
        int samples = parsed.matchedOptionValue("--samples", 1);
        boolean pretty = parsed.hasMatchedOption("--pretty");
        if (pretty && (format != Format.JSON || samples > 1)) {
            throw new ParameterException(
                    line, "--pretty goes with --format json and --samples 1, not with " + format + " and " + samples);
        }
        if (format == Format.PROMETHEUS && samples > 1) {
            throw new ParameterException(line, "--format prometheus goes with --samples 1, not with " + samples);
        }
        Set<Section> include = Format.include(parsed);
        CsvTable table = Format.table(parsed, format, include);
        return new SnapshotOptions(
                format,
                table,
                pretty,
                include == null ? defaults(table) : include,
                samples,
                Picocli.chosen(parsed, "--interval", Duration.ofSeconds(1)),
                Picocli.chosen(parsed, "--window", Duration.ofMillis(100)),
                Picocli.chosen(parsed, "--timeout", Duration.ofSeconds(2)),
                parsed.matchedOptionValue("--output", null),
                Picocli.isSet(parsed, "--strict"),
                SourceOptions.reader(parsed),
                SourceOptions.roots(parsed),
                SourceOptions.cmdline(parsed));
    }

    /** Only what the columns need. */
    private static Set<Section> defaults(@Nullable CsvTable table) {
        return table == null || table.sections().isEmpty() ? Section.DEFAULTS : table.sections();
    }
}
