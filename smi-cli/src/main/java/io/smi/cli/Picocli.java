package io.smi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

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

    /** Adds an option that is there or not. */
    static void flag(CommandSpec spec, String description, String name) {
        spec.addOption(
                OptionSpec.builder(name).arity("0").description(description).build());
    }

    /** Adds an option with a value: of no particular type for picocli, which looks into enums by reflection. */
    static void value(
            CommandSpec spec, ITypeConverter<?> converter, String label, String description, String... names) {
        words(spec, converter, label, null, description, names);
    }

    /** Adds an option whose value is one of these words, or a list of them where the label is {@code LIST}. */
    static void words(
            CommandSpec spec,
            ITypeConverter<?> converter,
            String label,
            @Nullable Iterable<String> words,
            String description,
            String... names) {
        spec.addOption(OptionSpec.builder(names)
                .type(Object.class)
                .converters(converter)
                .completionCandidates(words)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** Adds an option that may be given several times, each time with one value. */
    static void values(CommandSpec spec, ITypeConverter<?> converter, String label, String description, String name) {
        spec.addOption(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(Object.class)
                .arity("1")
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** Adds an option with one value or more, up to the next option; it may be given several times. */
    static void lists(CommandSpec spec, ITypeConverter<?> converter, String label, String description, String name) {
        spec.addOption(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(Object.class)
                .arity("1..*")
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** Adds what a command is given besides options; any number of it. */
    static void parameters(CommandSpec spec, ITypeConverter<?> converter, String label, String description) {
        parameters(spec, converter, label, null, description);
    }

    /** The same, when these words can be given. */
    static void parameters(
            CommandSpec spec,
            ITypeConverter<?> converter,
            String label,
            @Nullable Iterable<String> words,
            String description) {
        spec.addPositional(PositionalParamSpec.builder()
                .completionCandidates(words)
                .type(List.class)
                .auxiliaryTypes(Object.class)
                .arity("0..*")
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** Words that are worked out when somebody asks for them: a completion, or a manual page. */
    static Iterable<String> lazily(Supplier<Stream<String>> words) {
        return () -> words.get().distinct().iterator();
    }

    /** What an option was given, on the command line or by a setting; else this. */
    static <T extends @Nullable Object> T chosen(ParseResult parsed, String option, T otherwise) {
        T value = parsed.commandSpec().findOption(option).getValue();
        return value == null ? otherwise : value;
    }

    /** Whether an option without a value is there, or set to true. */
    static boolean isSet(ParseResult parsed, String option) {
        return Boolean.TRUE.equals(chosen(parsed, option, null));
    }

    /** A converter of a file's name, which is not empty. */
    static String fileName(String name) {
        if (name.isEmpty()) {
            throw new TypeConversionException("'' is not a file's name");
        }
        return name;
    }

    /** The same, as a path. */
    static Path path(String name) {
        return Path.of(fileName(name));
    }

    /** A converter by what says itself, to the user, why it refuses a value. */
    static ITypeConverter<Object> checked(Function<String, Object> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    /** Parses the arguments of a command; one that begins with @ is an argument like any other, not a file of them. */
    static CommandLine parser(CommandSpec spec) {
        return new CommandLine(spec).setExpandAtFiles(false);
    }
}
