package io.smi.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** For bash 4 and later, with nothing else installed. */
final class Bash {
    /** What is typed after the = of an option is a word of its own to bash, and so is the = itself. */
    private static final String START = """
            # Completes smi's command lines in bash: source <(smi completion bash)
            _smi() {
                local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
                if [[ $current == = ]]; then
                    current=
                elif [[ $before == = ]]; then
                    before=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                COMPREPLY=()
                if ((COMP_CWORD == 1)); then
                    command= before=
                fi
                case $command:$before in
            """;

    private static final String END = """
                        esac
                        ;;
                esac
            }
            _smi_words() {
                mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
            }
            _smi_list() {
                local last=${current##*,}
                mapfile -t COMPREPLY < <(compgen -P "${current%"$last"}" -W "$1" -- "$last")
                compopt -o nospace
            }
            _smi_files() {
                mapfile -t COMPREPLY < <(compgen -f -- "$current")
                compopt -o filenames
            }
            _smi_folders() {
                mapfile -t COMPREPLY < <(compgen -d -- "$current")
                compopt -o filenames
            }
            complete -F _smi smi
            """;

    private Bash() {}

    static String script(CommandSpec root) {
        StringBuilder script = new StringBuilder(START);
        for (CommandSpec command : commands(root)) {
            for (OptionSpec option : command.options()) {
                addValue(command, option, script);
            }
        }
        script.append("        *)\n            case $command in\n").append(commandCases(root));
        return script.append(END).toString();
    }

    private static List<CommandSpec> commands(CommandSpec root) {
        return root.subcommands().values().stream()
                .map(command -> command.getCommandSpec())
                .toList();
    }

    private static void addValue(CommandSpec command, OptionSpec option, StringBuilder script) {
        if (Value.of(option) == Value.NONE) {
            return;
        }
        List<String> patterns = new ArrayList<>();
        for (String name : option.names()) {
            patterns.add(command.name() + ":" + name);
        }
        script.append("        ")
                .append(String.join(" | ", patterns))
                .append(") ")
                .append(value(option))
                .append(" ;;\n");
    }

    private static String value(ArgSpec argument) {
        return switch (Value.of(argument)) {
            case NONE, OTHER -> ":";
            case WORD -> "_smi_words '" + String.join(" ", Value.words(argument)) + "'";
            case WORDS -> "_smi_list '" + String.join(" ", Value.words(argument)) + "'";
            case FILE -> "_smi_files";
            case FOLDER -> "_smi_folders";
        };
    }

    /** What stands where no option waits for a value. */
    private static String commandCases(CommandSpec root) {
        StringBuilder cases = new StringBuilder();
        List<String> words = new ArrayList<>(root.subcommands().keySet());
        words.addAll(optionNames(root));
        cases.append("                '') _smi_words '")
                .append(String.join(" ", words))
                .append("' ;;\n");
        for (CommandSpec command : commands(root)) {
            String options = "_smi_words '" + String.join(" ", optionNames(command)) + "'";
            cases.append("                ").append(command.name()).append(") ");
            List<PositionalParamSpec> arguments = command.positionalParameters();
            if (arguments.isEmpty()) {
                cases.append(options);
            } else {
                cases.append("if [[ $current == -?* ]]; then ")
                        .append(options)
                        .append("; else ")
                        .append(value(arguments.getFirst()))
                        .append("; fi");
            }
            cases.append(" ;;\n");
        }
        return cases.toString();
    }

    private static List<String> optionNames(CommandSpec command) {
        return command.options().stream().map(OptionSpec::longestName).toList();
    }
}
