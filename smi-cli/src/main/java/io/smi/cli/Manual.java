package io.smi.cli;

import io.smi.cli.completion.Shell;
import io.smi.cli.man.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes what is packaged beside the program, for man and for shells. The packaging runs it. */
final class Manual {
    /** Where each shell looks, below {@code share}. */
    private static final Map<Shell, String> COMPLETIONS = Map.of(
            Shell.BASH, "bash-completion/completions/smi",
            Shell.ZSH, "zsh/site-functions/_smi",
            Shell.FISH, "fish/vendor_completions.d/smi.fish");

    private Manual() {}

    /** Arguments: the folder, and the date of the pages. */
    static void main(String[] args) throws IOException {
        Path share = Path.of(args[0]);
        CommandSpec root = SmiCommand.root();
        List<CommandSpec> commands = new ArrayList<>(List.of(root));
        for (CommandLine command : root.subcommands().values()) {
            commands.add(command.getCommandSpec());
        }
        for (CommandSpec command : commands) {
            write(
                    share.resolve("man/man1/" + ManPage.name(command) + ".1"),
                    ManPage.of(root, command, SmiCommand.version(), args[1]));
        }
        for (Map.Entry<Shell, String> completion : COMPLETIONS.entrySet()) {
            write(share.resolve(completion.getValue()), completion.getKey().script(root));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
