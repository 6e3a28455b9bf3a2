package io.smi.cli;

import io.smi.cli.completion.Shell;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code smi completion}: what a shell needs to complete command lines of smi. */
final class CompletionCommand implements SmiCommand.Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Picocli.spec();
        Picocli.parameters(
                spec,
                text -> text,
                "SHELL",
                Picocli.lazily(() -> Arrays.stream(Shell.values()).map(Shell::label)),
                "bash, zsh or fish.");
        spec.addOption(SmiCommand.help());
        spec.usageMessage()
                .description("Print a script that completes command lines of smi.")
                .footer(
                        "%nExamples:",
                        "  source <(smi completion bash)      in ~/.bashrc",
                        "  source <(smi completion zsh)       in ~/.zshrc, after compinit",
                        "  smi completion fish | source       in ~/.config/fish/config.fish");
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Console console) throws IOException {
        List<String> shells = parsed.matchedPositionalValue(0, List.of());
        try {
            console.print(Shell.parse(String.join(" ", shells)).script(SmiCommand.root()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "SHELL: " + e.getMessage());
        }
        return ExitCode.OK;
    }
}
