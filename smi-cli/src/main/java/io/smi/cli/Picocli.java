package io.smi.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Picocli without what it does for nothing at each start, measured at 7 ms of a 20 ms program: its own factory opens
 * every jar in search of Groovy, and its parser looks up a converter for each type of {@code java.time} and
 * {@code java.sql}, which builds all of the JDK's date formatters.
 */
final class Picocli {
    private static final IFactory FACTORY = new IFactory() {
        @Override
        public <T> T create(Class<T> type) throws ReflectiveOperationException {
            return type.getDeclaredConstructor().newInstance();
        }
    };

    private Picocli() {}

    /** What a command's options are added to. */
    static CommandSpec spec() {
        return CommandSpec.wrapWithoutInspection(null, FACTORY);
    }

    /** A parser; options of the types of {@code java.*} other than the simplest name their own converter. */
    static CommandLine parser(CommandSpec spec) {
        System.setProperty("picocli.converters.excludes", "java.*");
        return new CommandLine(spec, FACTORY);
    }
}
