package io.smi.cli.completion;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** For zsh: a function for its {@code fpath}, which can also be sourced. */
final class Zsh {
    private static final String START = """
            #compdef smi
            # Completes smi's command lines in zsh: source <(smi completion zsh), or a file _smi in a folder of $fpath.
            _smi() {
                local curcontext=$curcontext state state_descr line
                typeset -A opt_args
                _arguments -C \\
            """;

    private static final String END = """
                        esac
                        ;;
                esac
            }
            if [[ ${funcstack[1]} == _smi ]]; then
                _smi "$@"
            else
                compdef _smi smi
            fi
            """;

    private Zsh() {}

    static String script(CommandSpec root) {
        StringBuilder script = new StringBuilder(START);
        addOptions(root, "        ", script);
        script.append("        '1:command:->command' '*::argument:->argument'\n    case $state in\n");
        script.append("        command)\n            local -a commands=(\n");
        root.subcommands()
                .forEach((name, command) -> script.append("                ")
                        .append(quoted(name + ":"
                                + command.getCommandSpec()
                                        .usageMessage()
                                        .description()[0]
                                        .replace(":", "\\:")))
                        .append('\n'));
        script.append("            )\n            _describe command commands\n            ;;\n");
        script.append("        argument)\n            case $words[1] in\n");
        root.subcommands().values().forEach(command -> addCommand(command.getCommandSpec(), script));
        return script.append(END).toString();
    }

    private static void addCommand(CommandSpec command, StringBuilder script) {
        script.append("                ").append(command.name()).append(")\n                    _arguments -S \\\n");
        addOptions(command, "                        ", script);
        for (PositionalParamSpec argument : command.positionalParameters()) {
            script.append("                        ")
                    .append(quoted("*" + value(argument)))
                    .append(" \\\n");
        }
        script.append("                        &&\n                        return\n                    ;;\n");
    }

    private static void addOptions(CommandSpec command, String indent, StringBuilder script) {
        for (OptionSpec option : command.options()) {
            String[] names = option.names();
            boolean repeats = option.arity().max() > 0 && option.isMultiValue();
            String others = repeats ? "*" : names.length > 1 ? "(" + String.join(" ", names) + ")" : "";
            for (String name : names) {
                boolean takes = option.arity().max() > 0;
                String equals = takes && name.startsWith("--") ? "=" : "";
                script.append(indent)
                        .append(quoted(
                                others + name + equals + "[" + text(Value.description(option)) + "]" + value(option)))
                        .append(" \\\n");
            }
        }
    }

    private static String value(ArgSpec argument) {
        String message = ":" + argument.paramLabel() + ":";
        return switch (Value.of(argument)) {
            case NONE -> "";
            case OTHER -> message;
            case WORD -> message + "(" + String.join(" ", Value.words(argument)) + ")";
            case WORDS -> message + "_sequence compadd - " + String.join(" ", Value.words(argument));
            case FILE -> message + "_files";
            case FOLDER -> message + "_files -/";
        };
    }

    private static String text(String description) {
        return description.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
