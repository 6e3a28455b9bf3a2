package io.smi.cli;

import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Options of every command that reads the machine: where, and what not to tell. */
final class SourceOptions {
    private SourceOptions() {}

    static void add(CommandSpec spec) {
        Picocli.words(
                spec,
                SourceOptions::cmdlineMode,
                "MODE",
                Picocli.lazily(() -> Arrays.stream(CmdlineMode.values()).map(CmdlineMode::label)),
                "Command lines of processes: redacted (default), full, or none.",
                "--cmdline");
        Picocli.words(
                spec,
                name -> ReaderChoice.parse(name, System.getProperty("os.name")),
                "NAME",
                List.of("auto", "linux", "oshi"),
                "What reads the machine: auto (default), linux, or oshi, which serves macOS and Windows.",
                "--reader");
        addPaths(spec);
    }

    /** Where the machine's files are. */
    static void addPaths(CommandSpec spec) {
        Picocli.value(spec, SourceOptions::folder, "DIR", "procfs to read (default /proc).", "--path.procfs");
        Picocli.value(spec, SourceOptions::folder, "DIR", "sysfs to read (default /sys).", "--path.sysfs");
        Picocli.value(
                spec,
                SourceOptions::folder,
                "DIR",
                "Root of the machine's files (default /; with --path.procfs its 1/root).",
                "--path.rootfs");
    }

    /** The option of those that read again and again; see {@link #timeout}. */
    static void addTimeout(CommandSpec spec) {
        Picocli.value(
                spec,
                Durations.TIMEOUT,
                "TIME",
                "What each reader is given (default 2s, at most 80 %% of the interval).",
                "--timeout");
    }

    /** What each reader is given: one that hangs must be over before the next tick. */
    static Duration timeout(ParseResult parsed, Duration interval) {
        Duration asked = Picocli.chosen(parsed, "--timeout", Duration.ofSeconds(2));
        Duration most = interval.multipliedBy(4).dividedBy(5);
        return asked.compareTo(most) < 0 ? asked : most;
    }

    /** A procfs that is not this machine's shows its machine's own root as {@code 1/root}. */
    static Roots roots(ParseResult parsed) {
        File proc = Picocli.chosen(parsed, "--path.procfs", null);
        File sys = Picocli.chosen(parsed, "--path.sysfs", new File("/sys"));
        File defaultRoot = proc == null ? new File("/") : new File(proc, "1/root");
        File root = Picocli.chosen(parsed, "--path.rootfs", defaultRoot);
        return Roots.of(proc == null ? new File("/proc") : proc, sys, root);
    }

    static CmdlineMode cmdline(ParseResult parsed) {
        return Picocli.chosen(parsed, "--cmdline", CmdlineMode.REDACTED);
    }

    static ReaderChoice reader(ParseResult parsed) {
        ReaderChoice asked = parsed.matchedOptionValue("--reader", null);
        return asked == null ? ReaderChoice.auto() : asked;
    }

    /** Adds an option whose value is a list of sections. */
    static void addSections(CommandSpec spec, String description) {
        Picocli.words(
                spec,
                SourceOptions::sections,
                "LIST",
                Picocli.lazily(() -> Arrays.stream(Section.values()).map(Section::label)),
                description,
                "--include");
    }

    private static Set<Section> sections(String list) {
        try {
            return Section.parse(list);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static CmdlineMode cmdlineMode(String mode) {
        try {
            return CmdlineMode.parse(mode);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static File folder(String path) {
        File folder = new File(path);
        if (!folder.isDirectory()) {
            throw new TypeConversionException("'" + path + "' is not a directory");
        }
        return folder;
    }
}
