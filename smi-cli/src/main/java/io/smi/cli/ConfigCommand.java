package io.smi.cli;

import io.smi.cli.config.Config;
import io.smi.cli.config.ConfigException;
import io.smi.cli.config.ExampleFile;
import io.smi.cli.config.Origin;
import io.smi.cli.config.Setting;
import io.smi.schema.JsonBuffer;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code smi config}: tells what files and variables set, checks them, and writes an example. */
final class ConfigCommand implements SmiCommand.Command {
    private static final List<String> TASKS = List.of("print", "path", "validate", "init");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        Picocli.parameters(
                spec, text -> text, "TASK", Picocli.lazily(TASKS::stream), "print, path, validate [FILE], or init.");
        Picocli.flag(spec, "With print: as JSON.", "--json");
        Picocli.flag(spec, "With init: overwrite the file that is there.", "--force");
        SmiCommand.addCommon(spec);
        spec.usageMessage()
                .description("Tell what configuration files and SMI_* variables set.")
                .sortOptions(false)
                .footer(
                        "%nExamples:",
                        "  smi config print            every setting, and who set it",
                        "  smi config path             the files that are looked for",
                        "  smi config validate         their mistakes, by line",
                        "  smi config init             a file to begin with, all of it commented out",
                        "%nThe command line goes before SMI_* variables, these before the files.",
                        "%nExit codes: 0 ok, 1 failed, 2 wrong usage or a mistake in a file");
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        List<String> words = parsed.matchedPositionalValue(0, List.of());
        String task = words.isEmpty() ? "" : words.getFirst();
        check(parsed, task, words.size());
        try {
            return switch (task) {
                case "print" -> print(parsed, console);
                case "path" -> path(parsed, console);
                case "validate" -> validate(words.size() > 1 ? words.get(1) : null, parsed, console);
                default -> init(parsed, console);
            };
        } catch (ConfigException e) {
            console.complain(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        }
    }

    private static void check(ParseResult parsed, String task, int words) {
        String wrong = null;
        if (!TASKS.contains(task)) {
            wrong = (task.isEmpty() ? "needs" : "'" + task + "' is not") + " one of " + String.join(", ", TASKS);
        } else if (words > (task.equals("validate") ? 2 : 1)) {
            wrong = task + " takes no further argument";
        } else if (parsed.hasMatchedOption("--json") && !task.equals("print")) {
            wrong = "--json goes with print";
        } else if (parsed.hasMatchedOption("--force") && !task.equals("init")) {
            wrong = "--force goes with init";
        }
        if (wrong != null) {
            throw new ParameterException(parsed.commandSpec().commandLine(), wrong);
        }
    }

    private static List<File> files(ParseResult parsed, Console console) {
        return Config.files(Settings.file(parsed), console.environment(), Config.SYSTEM);
    }

    private static int path(ParseResult parsed, Console console) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (File file : files(parsed, console)) {
            lines.append(file).append(file.exists() ? "" : "  (not there)").append('\n');
        }
        console.print(lines.toString());
        return ExitCode.OK;
    }

    private static int print(ParseResult parsed, Console console) throws IOException, ConfigException {
        Config config = Config.of(Settings.file(parsed), console.environment(), Config.SYSTEM);
        List<Setting> all = Setting.of(SmiCommand.specs());
        config.unknown(all).forEach(console::complain);
        if (parsed.hasMatchedOption("--json")) {
            console.write(Format.line(json(config, all)));
            return ExitCode.OK;
        }
        StringBuilder lines = new StringBuilder();
        for (Setting setting : all) {
            Origin origin = config.find(setting);
            String value = origin == null ? setting.defaultText() : origin.shown();
            lines.append(pad(setting.key(), 28))
                    .append(pad(value == null ? "-" : value, 28))
                    .append(origin == null ? "default" : origin.where())
                    .append('\n');
        }
        console.print(lines.toString());
        return ExitCode.OK;
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(2, columns - text.length()));
    }

    private static byte[] json(Config config, List<Setting> all) {
        JsonBuffer json = new JsonBuffer();
        json.startArray();
        for (Setting setting : all) {
            Origin origin = config.find(setting);
            json.startObject();
            json.name("key");
            json.string(setting.key());
            json.name("variable");
            json.string(setting.variable());
            json.name("value");
            json.text(origin == null ? setting.defaultText() : origin.shown());
            json.name("origin");
            json.string(origin == null ? "default" : origin.where());
            json.endObject();
        }
        json.endArray();
        return json.toBytes();
    }

    private static int validate(@Nullable String file, ParseResult parsed, Console console) throws IOException {
        List<Setting> all = Setting.of(SmiCommand.specs());
        List<File> files = file == null ? files(parsed, console) : List.of(new File(file));
        boolean must = file != null || Config.isExplicit(Settings.file(parsed), console.environment());
        List<String> faults = new ArrayList<>();
        StringBuilder read = new StringBuilder();
        for (File each : files) {
            if (must || each.exists()) {
                faults.addAll(Config.faults(each, all));
                read.append(each).append(": ok\n");
            }
        }
        if (file == null) {
            faults.addAll(Config.ofEnvironment(console.environment()).faults(all));
        }
        faults.forEach(console::complain);
        if (!faults.isEmpty()) {
            return ExitCode.USAGE;
        }
        console.print(read.isEmpty() ? "no file, all defaults: ok\n" : read.toString());
        return ExitCode.OK;
    }

    private static int init(ParseResult parsed, Console console) throws IOException {
        File file = Config.isExplicit(Settings.file(parsed), console.environment())
                ? files(parsed, console).getFirst()
                : Config.userFile(console.environment());
        if (file == null) {
            console.complain("no home to write to: name a file, --config FILE");
            return ExitCode.USAGE;
        }
        boolean force = parsed.hasMatchedOption("--force");
        try {
            ExampleFile.write(file.toPath().toAbsolutePath(), ExampleFile.text(Setting.of(SmiCommand.specs())), force);
        } catch (FileAlreadyExistsException e) {
            console.complain(file + " exists; --force overwrites it");
            return ExitCode.FAILED;
        } catch (IOException e) {
            console.complain("cannot write " + file + ": " + e);
            return ExitCode.FAILED;
        }
        console.print(file + "\n");
        return ExitCode.OK;
    }
}
