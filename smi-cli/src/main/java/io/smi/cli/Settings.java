package io.smi.cli;

import io.smi.cli.config.Config;
import io.smi.cli.config.ConfigException;
import io.smi.cli.config.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Puts what files and variables say into a command's options, under what its command line says. */
final class Settings {
    private Settings() {}

    /** Gives a value to each option that the command line left open; see {@link Picocli#chosen}. */
    static void apply(String command, ParseResult parsed, Console console) {
        if (Config.isNothing(file(parsed), console.environment(), Config.SYSTEM)) {
            return;
        }
        List<Setting> settings = Setting.of(command, parsed.commandSpec());
        if (settings.isEmpty()) {
            return;
        }
        try {
            Config config = Config.of(file(parsed), console.environment(), Config.SYSTEM);
            config.apply(
                    command,
                    settings,
                    setting -> parsed.hasMatchedOption(setting.option()),
                    SmiCommand::names,
                    console::complain);
        } catch (ConfigException e) {
            throw new ParameterException(parsed.commandSpec().commandLine(), e.getMessage());
        }
    }

    /** Adds {@code --config}. */
    static void addFile(CommandSpec spec) {
        Picocli.value(
                spec,
                Picocli::fileName,
                "FILE",
                "Read settings from FILE, not from the usual ones; see 'smi config path'.",
                "--config");
    }

    /** {@code --config}; null when it was not given. */
    static @Nullable String file(ParseResult parsed) {
        return parsed.matchedOptionValue("--config", null);
    }
}
