package io.smi.cli;

import io.smi.cli.config.Config;
import io.smi.cli.config.Setting;
import io.smi.cli.doctor.Bundle;
import io.smi.cli.doctor.Checks;
import io.smi.cli.doctor.Machine;
import io.smi.cli.doctor.Report;
import io.smi.cli.doctor.Status;
import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code smi doctor}: tells what can be read here, what cannot, and why. */
final class DoctorCommand implements SmiCommand.Command {
    private static final int WARNINGS = 1;
    private static final int FAILURES = 2;
    private static final Duration WINDOW = Duration.ofMillis(100);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        Picocli.flag(spec, "As JSON.", "--json");
        Picocli.value(
                spec,
                DoctorCommand::file,
                "FILE",
                "Write a .tar.gz for a bug report, without names, addresses and secrets; FILE must not be there.",
                "--bundle");
        Picocli.value(spec, Durations.TIMEOUT, "TIME", "What each reader is given (default 2s).", "--timeout");
        SourceOptions.addPaths(spec);
        SmiCommand.addCommon(spec);
        spec.usageMessage()
                .description("Check what can be read on this machine, and tell why a section or a key is null. Changes"
                        + " nothing, wakes no GPU.")
                .sortOptions(false)
                .footer(
                        "%nExamples:",
                        "  smi doctor",
                        "  sudo smi doctor                     what root can read besides",
                        "  smi doctor --json | jq '.checks[] | select(.status == \"fail\")'",
                        "  smi doctor --bundle report.tar.gz",
                        "%nExit codes: 0 all is fine, 1 warnings, 2 failures or wrong usage");
        return spec;
    }

    private static Path file(String name) {
        if (name.equals("-")) {
            throw new TypeConversionException("'-' is standard output, which anyone may see; name a file");
        }
        return Picocli.path(name);
    }

    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        Machine machine;
        try {
            machine = look(parsed, console);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
        Report report = new Report(SmiCommand.version(), machine.frame().timestamp(), Checks.run(machine));
        if (parsed.hasMatchedOption("--json")) {
            console.write(Format.line(report.json()));
        } else {
            console.print(report.text(console.colours(), Boolean.getBoolean("smi.utf8")));
        }
        Path bundle = parsed.matchedOptionValue("--bundle", null);
        if (bundle != null && !isWritten(bundle, report, machine, console)) {
            return FAILURES;
        }
        return report.count(Status.FAIL) > 0 ? FAILURES : report.count(Status.WARN) > 0 ? WARNINGS : ExitCode.OK;
    }

    private static boolean isWritten(Path file, Report report, Machine machine, Console console) {
        try {
            Bundle.write(file, report, machine);
            console.complain("wrote " + file + "; look at it before you send it");
            return true;
        } catch (FileAlreadyExistsException e) {
            console.complain("--bundle " + file + " exists");
        } catch (IOException e) {
            console.complain("cannot write --bundle " + file + ": " + e);
        }
        return false;
    }

    private static Machine look(ParseResult parsed, Console console) throws InterruptedException {
        Roots roots = SourceOptions.roots(parsed);
        Set<Section> all = Section.parse(Section.NAMES);
        Readers readers = ReaderChoice.auto().readers(roots, CmdlineMode.NONE);
        Duration timeout = Picocli.chosen(parsed, "--timeout", Duration.ofSeconds(2));
        try (Collector collector = new Collector(readers, 1, timeout)) {
            collector.sample(all);
            Thread.sleep(WINDOW);
            SnapshotFrame frame = collector.collect(all);
            return new Machine(
                    roots,
                    console.environment(),
                    SmiCommand.version(),
                    frame,
                    collector.outcomes(),
                    collector.absent(),
                    settings(parsed, console));
        }
    }

    private static Machine.Settings settings(ParseResult parsed, Console console) {
        List<Setting> all = Setting.of(SmiCommand.specs());
        List<String> files = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (File file : Config.files(Settings.file(parsed), console.environment(), Config.SYSTEM)) {
            if (file.exists()) {
                files.add(file.toString());
                faults.addAll(Config.faults(file, all));
            }
        }
        faults.addAll(Config.ofEnvironment(console.environment()).faults(all));
        return new Machine.Settings(files, faults);
    }
}
