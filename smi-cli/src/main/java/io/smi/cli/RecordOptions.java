package io.smi.cli;

import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.record.codec.Codec;
import io.smi.record.remote.RemoteOptions;
import io.smi.record.write.FileSettings;
import io.smi.record.write.NamePattern;
import io.smi.record.write.RecordingFiles.Existing;
import io.smi.record.write.Rotation;
import io.smi.schema.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What {@code smi record} was asked for.
 *
 * @param file null for standard output
 * @param remote null for this machine
 * @param duration null for no end
 */
record RecordOptions(
        @Nullable File file,
        @Nullable RemoteOptions remote,
        Duration interval,
        @Nullable Duration duration,
        Set<Section> include,
        Duration timeout,
        ReaderChoice reader,
        Roots roots,
        CmdlineMode cmdline,
        boolean quiet) {
    private static final String STDOUT = "-";
    private static final List<String> REMOTE = List.of("--auth-token-file", "--ca-file");
    private static final List<String> LOCAL =
            List.of("--timeout", "--cmdline", "--reader", "--path.procfs", "--path.sysfs", "--path.rootfs");

    /** Which files are written, and how. */
    record File(NamePattern name, Existing existing, FileSettings settings, Rotation rotation) {}

    static CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        fileOptions(spec);
        rotationOptions(spec);
        frameOptions(spec);
        SourceOptions.add(spec);
        remoteOptions(spec);
        SmiCommand.addCommon(spec);
        spec.usageMessage()
                .description("Record frames into a file, one a line, until a signal ends it.")
                .sortOptions(false)
                .footer(
                        "%nExamples:",
                        "  smi record -o run.jsonl.zst                   a frame each second",
                        "  smi record -o run.jsonl.zst --interval 100ms --duration 5m",
                        "  smi record -o run.jsonl.zst --append          go on, also after a crash",
                        "  smi record -o 'host={host}/date={date}/{time}.jsonl.zst' \\",
                        "      --rotate-every 1h --keep 48               the last two days",
                        "  smi record -o node1.jsonl.zst --from http://node1:9090",
                        "  smi record -o - | jq .memory                  lines on standard output",
                        "%nA name may hold {host}, {date} (2026-11-22) and {time} (20261122T020000.123Z),",
                        "both of when the file is begun, in UTC.",
                        "%nExit codes: 0 ended by a signal or --duration, 1 failed, 2 wrong usage");
        return spec;
    }

    private static void fileOptions(CommandSpec spec) {
        Picocli.value(
                spec,
                Picocli::fileName,
                "FILE",
                "Record into FILE: .jsonl or .ndjson plain, .gz, .zst; - is standard output. One that exists is"
                        + " left alone.",
                "-o",
                "--output");
        Picocli.flag(spec, "Go on in FILE, after repairing what a crash has left of it.", "--append");
        Picocli.flag(spec, "Overwrite FILE.", "--force");
        Picocli.value(
                spec,
                Durations.FROM_ZERO,
                "TIME",
                "Time between two syncs to the disk (default 5s); 0: each frame.",
                "--fsync");
        Picocli.value(
                spec,
                new Counts(1, 19),
                "N",
                "Compression, from 1 to 9 for .gz, to 19 for .zst (default 6 and 3).",
                "--level");
    }

    private static void rotationOptions(CommandSpec spec) {
        Picocli.value(
                spec, new Sizes(), "SIZE", "Begin another file when one has this size, such as 100M.", "--rotate-size");
        Picocli.value(
                spec,
                Durations.PERIOD,
                "TIME",
                "Begin another file at each multiple of TIME in UTC.",
                "--rotate-every");
        Picocli.value(spec, Counts.FROM_ONE, "N", "Keep the newest N files of this name, delete older ones.", "--keep");
    }

    private static void frameOptions(CommandSpec spec) {
        Picocli.value(
                spec, Durations.INTERVAL, "TIME", "Time between frames (default 1s, at least 50ms).", "--interval");
        Picocli.value(spec, Durations.TIMEOUT, "TIME", "End after that time (default never).", "--duration");
        SourceOptions.addSections(
                spec, "Sections, comma-separated, of " + Section.NAMES + " (default gpu,cpu,memory,chassis).");
        SourceOptions.addTimeout(spec);
        Picocli.flag(spec, "Say nothing but what goes wrong.", "--quiet");
    }

    private static void remoteOptions(CommandSpec spec) {
        Picocli.value(
                spec,
                text -> text,
                "URL",
                "Record another machine's smi api: http://HOST:9090, https://..., or unix:PATH. Each of its frames, unless"
                        + " --interval asks for fewer.",
                "--from");
        Picocli.value(spec, Picocli::path, "FILE", "A bearer token for --from.", "--auth-token-file");
        Picocli.value(spec, Picocli::path, "FILE", "PEM certificates that --from is trusted by.", "--ca-file");
    }

    static RecordOptions of(ParseResult parsed) {
        String output = parsed.matchedOptionValue("--output", null);
        if (output == null) {
            throw wrong(parsed, "record needs -o, such as -o run.jsonl.zst, or -o - for standard output");
        }
        Duration interval = Picocli.chosen(parsed, "--interval", Duration.ofSeconds(1));
        return new RecordOptions(
                file(parsed, output),
                remote(parsed),
                interval,
                parsed.matchedOptionValue("--duration", null),
                Picocli.chosen(parsed, "--include", Section.DEFAULTS),
                SourceOptions.timeout(parsed, interval),
                SourceOptions.reader(parsed),
                SourceOptions.roots(parsed),
                SourceOptions.cmdline(parsed),
                Picocli.isSet(parsed, "--quiet"));
    }

    private static @Nullable File file(ParseResult parsed, String output) {
        if (output.equals(STDOUT)) {
            for (String option :
                    List.of("--append", "--force", "--fsync", "--level", "--rotate-size", "--rotate-every", "--keep")) {
                if (parsed.hasMatchedOption(option)) {
                    throw wrong(parsed, option + " goes with a file, not with -o -");
                }
            }
            return null;
        }
        Rotation rotation = new Rotation(
                Picocli.chosen(parsed, "--rotate-size", null),
                Picocli.chosen(parsed, "--rotate-every", null),
                Picocli.chosen(parsed, "--keep", null));
        NamePattern name;
        FileSettings settings;
        try {
            name = NamePattern.parse(output);
            Codec codec = Codec.ofName(output);
            settings = new FileSettings(codec, level(parsed, codec), fsync(parsed));
        } catch (IllegalArgumentException e) {
            throw wrong(parsed, "-o " + e.getMessage());
        }
        boolean rotated = rotation.size() != null || rotation.every() != null;
        if (parsed.hasMatchedOption("--keep") && !rotated) {
            throw wrong(parsed, "--keep goes with --rotate-size or --rotate-every");
        }
        name = rotated ? name.withTime() : name;
        return new File(name, existing(parsed, name), settings, rotated ? rotation : Rotation.NONE);
    }

    /** Of another machine every frame is taken, unless an interval is asked for. */
    private static @Nullable RemoteOptions remote(ParseResult parsed) {
        String from = Picocli.chosen(parsed, "--from", null);
        List<String> others = from == null ? REMOTE : LOCAL;
        for (String option : others) {
            if (parsed.hasMatchedOption(option)) {
                throw wrong(
                        parsed,
                        option + (from == null ? " goes with --from" : " goes with this machine, not with --from"));
            }
        }
        return from == null
                ? null
                : new RemoteOptions(
                        from,
                        Picocli.chosen(parsed, "--include", Set.of()),
                        Picocli.chosen(parsed, "--interval", null),
                        Picocli.chosen(parsed, "--auth-token-file", null),
                        Picocli.chosen(parsed, "--ca-file", null));
    }

    private static Duration fsync(ParseResult parsed) {
        return Picocli.chosen(parsed, "--fsync", Duration.ofSeconds(5));
    }

    private static int level(ParseResult parsed, Codec codec) {
        if (codec == Codec.PLAIN) {
            if (parsed.hasMatchedOption("--level")) {
                throw wrong(parsed, "--level goes with .gz and .zst");
            }
            return codec.defaultLevel();
        }
        int level = Picocli.chosen(parsed, "--level", codec.defaultLevel());
        if (codec == Codec.GZIP && level > 9) {
            throw wrong(parsed, "--level " + level + " goes with .zst, .gz has 1 to 9");
        }
        return level;
    }

    private static Existing existing(ParseResult parsed, NamePattern name) {
        boolean append = parsed.hasMatchedOption("--append");
        boolean force = parsed.hasMatchedOption("--force");
        if (append && force) {
            throw wrong(parsed, "--append and --force exclude each other");
        } else if ((append || force) && name.hasTime()) {
            throw wrong(
                    parsed,
                    (append ? "--append" : "--force")
                            + " goes with one file: with --rotate-size, --rotate-every or {time}"
                            + " each start begins another");
        }
        return append ? Existing.APPEND : force ? Existing.OVERWRITE : Existing.REFUSE;
    }

    private static ParameterException wrong(ParseResult parsed, String message) {
        return new ParameterException(parsed.commandSpec().commandLine(), message);
    }
}
