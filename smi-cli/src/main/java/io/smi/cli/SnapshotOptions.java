package io.smi.cli;

import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import java.io.File;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** What {@code smi snapshot} was asked for. */
record SnapshotOptions(
        Format format,
        boolean pretty,
        Set<Section> include,
        int samples,
        Duration interval,
        Duration window,
        Duration timeout,
        @Nullable String output,
        boolean strict,
        Roots roots,
        CmdlineMode cmdline) {

    /** How a frame is written. */
    enum Format {
        TABLE,
        JSON,
        JSONL,
        PROMETHEUS;

        static Format parse(String name) {
            return switch (name) {
                case "table" -> TABLE;
                case "json" -> JSON;
                case "jsonl" -> JSONL;
                case "prometheus" -> PROMETHEUS;
                default ->
                    throw new TypeConversionException("'" + name + "' is not one of table, json, jsonl, prometheus");
            };
        }
    }

    /** Whether the frames go to standard output. */
    boolean toStdout() {
        return output == null || output.equals("-");
    }

    static CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        formatOptions(spec);
        samplingOptions(spec);
        sourceOptions(spec);
        spec.addOption(SmiCommand.help());
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
                        "%nExit codes: 0 ok, 1 failed, 2 wrong usage, 3 incomplete with --strict");
        return spec;
    }

    private static void formatOptions(CommandSpec spec) {
        flag(spec, "The same as --format json.", "--json");
        value(spec, Format::parse, "NAME", "table (default), json, jsonl: a frame a line, or prometheus.", "--format");
        flag(spec, "Indent the JSON.", "--pretty");
        value(
                spec,
                SnapshotOptions::file,
                "FILE",
                "Write to FILE, which appears complete or not at all.",
                "-o",
                "--output");
        flag(spec, "End with 3 when something could not be read; a lacking permission does not count.", "--strict");
    }

    private static void samplingOptions(CommandSpec spec) {
        value(
                spec,
                SnapshotOptions::sections,
                "LIST",
                "Sections, comma-separated, of " + Section.NAMES + " (default gpu,cpu,memory,chassis).",
                "--include");
        value(spec, SnapshotOptions::count, "N", "Frames to take (default 1).", "--samples");
        value(spec, Durations.INTERVAL, "TIME", "Time between frames (default 1s, at least 50ms).", "--interval");
        value(
                spec,
                Durations.FROM_ZERO,
                "TIME",
                "Time over which the first frame's rates are measured (default 100ms); 0: no rates.",
                "--window");
        value(
                spec,
                Durations.TIMEOUT,
                "TIME",
                "What each reader is given (default 2s); one that hangs is told under errors.",
                "--timeout");
    }

    private static void sourceOptions(CommandSpec spec) {
        value(
                spec,
                SnapshotOptions::cmdline,
                "MODE",
                "Command lines of processes: redacted (default), full, or none.",
                "--cmdline");
        value(spec, SnapshotOptions::folder, "DIR", "procfs to read (default /proc).", "--path.procfs");
        value(spec, SnapshotOptions::folder, "DIR", "sysfs to read (default /sys).", "--path.sysfs");
        value(
                spec,
                SnapshotOptions::folder,
                "DIR",
                "Root of the machine's files (default /; with --path.procfs its 1/root).",
                "--path.rootfs");
    }

    private static void flag(CommandSpec spec, String description, String name) {
        spec.addOption(
                OptionSpec.builder(name).arity("0").description(description).build());
    }

    /** Of no particular type for picocli, which looks into enums by reflection: the converter knows it. */
    private static void value(
            CommandSpec spec, ITypeConverter<?> converter, String label, String description, String... names) {
        spec.addOption(OptionSpec.builder(names)
                .type(Object.class)
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build());
    }

    static SnapshotOptions of(ParseResult parsed) {
        Format format = parsed.matchedOptionValue("--format", null);
        boolean json = parsed.hasMatchedOption("--json");
        CommandLine line = parsed.commandSpec().commandLine();
        if (json && format != null && format != Format.JSON) {
            throw new ParameterException(line, "--format " + name(format) + " and --json, which is --format json");
        }
        if (format == null) {
            format = json ? Format.JSON : Format.TABLE;
        }
        int samples = parsed.matchedOptionValue("--samples", 1);
        boolean pretty = parsed.hasMatchedOption("--pretty");
        if (pretty && (format != Format.JSON || samples > 1)) {
            throw new ParameterException(
                    line,
                    "--pretty goes with --format json and --samples 1, not with " + name(format) + " and " + samples);
        }
        if (format == Format.PROMETHEUS && samples > 1) {
            throw new ParameterException(line, "--format prometheus goes with --samples 1, not with " + samples);
        }
        return new SnapshotOptions(
                format,
                pretty,
                parsed.matchedOptionValue("--include", Section.DEFAULTS),
                samples,
                parsed.matchedOptionValue("--interval", Duration.ofSeconds(1)),
                parsed.matchedOptionValue("--window", Duration.ofMillis(100)),
                parsed.matchedOptionValue("--timeout", Duration.ofSeconds(2)),
                parsed.matchedOptionValue("--output", null),
                parsed.hasMatchedOption("--strict"),
                roots(parsed),
                parsed.matchedOptionValue("--cmdline", CmdlineMode.REDACTED));
    }

    /** A procfs that is not this machine's shows its machine's own root as {@code 1/root}. */
    private static Roots roots(ParseResult parsed) {
        File proc = parsed.matchedOptionValue("--path.procfs", null);
        File sys = parsed.matchedOptionValue("--path.sysfs", new File("/sys"));
        File defaultRoot = proc == null ? new File("/") : new File(proc, "1/root");
        File root = parsed.matchedOptionValue("--path.rootfs", defaultRoot);
        return Roots.of(proc == null ? new File("/proc") : proc, sys, root);
    }

    private static Set<Section> sections(String list) {
        try {
            return Section.parse(list);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static CmdlineMode cmdline(String mode) {
        try {
            return CmdlineMode.parse(mode);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static Integer count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is too small.
        }
        throw new TypeConversionException("'" + text + "' is not a number from 1 to " + Integer.MAX_VALUE);
    }

    private static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static String file(String path) {
        if (path.isEmpty()) {
            throw new TypeConversionException("'' is not a file's name");
        }
        return path;
    }

    private static File folder(String path) {
        File folder = new File(path);
        if (!folder.isDirectory()) {
            throw new TypeConversionException("'" + path + "' is not a directory");
        }
        return folder;
    }
}
