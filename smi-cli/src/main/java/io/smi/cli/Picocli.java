package io.smi.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Picocli without what it does for nothing at each start, measured at 7 ms of a 20 ms program: it opens every jar in
 * search of Groovy, and looks up a converter for each type of {@code java.time} and {@code java.sql}, which builds all of
 * the JDK's date formatters. An option of any other type than the simplest names its own converter.
 */
final class Picocli {
    static {
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", ".*");
    }

    private Picocli() {}

    /** What a command's options are added to. */
    static CommandSpec spec() {
        return CommandSpec.create();
    }

    /** Parses the arguments of a command; one that begins with @ is an argument like any other, not a file of them. */
    static CommandLine parser(CommandSpec spec) {
        return new CommandLine(spec).setExpandAtFiles(false);
    }
}
