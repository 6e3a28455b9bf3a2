package io.smi.cli.completion;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A shell that can complete command lines. */
public enum Shell {
    BASH,
    ZSH,
    FISH;

    /** The script that teaches it the commands below this one. */
    public String script(CommandSpec root) {
        return switch (this) {
            case BASH -> Bash.script(root);
            case ZSH -> Zsh.script(root);
            case FISH -> Fish.script(root);
        };
    }

    /** Its name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The shell of this name.
     *
     * @throws IllegalArgumentException with a message for the user, when it is none of these
     */
    public static Shell parse(String name) {
        for (Shell shell : values()) {
            if (shell.label().equals(name)) {
                return shell;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is not one of "
                + Arrays.stream(values()).map(Shell::label).collect(Collectors.joining(", ")));
    }
}
