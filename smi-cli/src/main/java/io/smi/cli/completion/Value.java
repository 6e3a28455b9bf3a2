package io.smi.cli.completion;

import io.smi.cli.text.HelpText;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;

/** What can stand where an option has its value, or a command its arguments. */
enum Value {
    /** Nothing: it has none. */
    NONE,
    /** One of {@link #words}. */
    WORD,
    /** Some of them, comma-separated. */
    WORDS,
    FILE,
    FOLDER,
    /** What no shell can know. */
    OTHER;

    /** By its words, and by its label, which is what people read. */
    static Value of(ArgSpec argument) {
        if (argument.arity().max() == 0) {
            return NONE;
        }
        boolean known = argument.completionCandidates() != null;
        return switch (argument.paramLabel()) {
            case "LIST" -> WORDS;
            case "FILE", "PATH" -> FILE;
            case "DIR" -> FOLDER;
            default -> known ? WORD : OTHER;
        };
    }

    static List<String> words(ArgSpec argument) {
        return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                .toList();
    }

    /** What an argument is, for people, on one line. */
    static String description(ArgSpec argument) {
        return HelpText.plain(argument.description());
    }
}
