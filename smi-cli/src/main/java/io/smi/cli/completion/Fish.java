package io.smi.cli.completion;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** For fish. */
final class Fish {
    private Fish() {}

    static String script(CommandSpec root) {
        StringBuilder script =
                new StringBuilder("# Completes smi's command lines in fish: smi completion fish | source\n");
        script.append("complete -c smi -f\n");
        addOptions(root, "__fish_use_subcommand", script);
        root.subcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            script.append("complete -c smi -n __fish_use_subcommand -a ")
                    .append(name)
                    .append(" -d ")
                    .append(quoted(spec.usageMessage().description()[0]))
                    .append('\n');
            String here = "__fish_seen_subcommand_from " + name;
            addOptions(spec, here, script);
            spec.positionalParameters()
                    .forEach(argument -> script.append("complete -c smi -n ")
                            .append(quoted(here))
                            .append(value(argument))
                            .append('\n'));
        });
        return script.toString();
    }

    private static void addOptions(CommandSpec command, String condition, StringBuilder script) {
        for (OptionSpec option : command.options()) {
            script.append("complete -c smi -n ").append(quoted(condition));
            for (String name : option.names()) {
                boolean isLong = name.startsWith("--");
                script.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
            }
            Value value = Value.of(option);
            script.append(value == Value.NONE ? "" : value == Value.FILE ? " -r" : " -x")
                    .append(value(option))
                    .append(" -d ")
                    .append(quoted(Value.description(option)))
                    .append('\n');
        }
    }

    private static String value(ArgSpec argument) {
        return switch (Value.of(argument)) {
            case NONE, OTHER -> "";
            case WORD -> " -a " + quoted(String.join(" ", Value.words(argument)));
            case WORDS -> " -a " + quoted("(__fish_append , " + String.join(" ", Value.words(argument)) + ")");
            case FILE -> " -F";
            case FOLDER -> " -a '(__fish_complete_directories)'";
        };
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
