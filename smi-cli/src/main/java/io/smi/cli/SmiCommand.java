package io.smi.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The list of commands: a new one is a line here and its class. */
final class SmiCommand {
    private SmiCommand() {}

    private static final List<Entry> COMMANDS = List.of(
            new Entry("snapshot", SnapshotCommand::new),
            new Entry("record", RecordCommand::new),
            new Entry("replay", ReplayCommand::new),
            new Entry("api", ApiCommand::new),
            new Entry("schema", SchemaCommand::new),
            new Entry("doctor", DoctorCommand::new),
            new Entry("config", ConfigCommand::new),
            new Entry("completion", CompletionCommand::new));

    private record Entry(String name, Supplier<Command> command) {}

    /** Something that {@code smi} can do. */
    interface Command {
        /** Its options, described for people: made anew at each call. */
        CommandSpec spec();

        /**
         * Does it.
         *
         * @return one of {@link ExitCode}
         * @throws IOException when standard output cannot be written
         */
        int run(ParseResult options, Console console) throws IOException;
    }

    /** The command of this name; null when there is none. */
    static @Nullable Command find(String name) {
        for (Entry entry : COMMANDS) {
            if (entry.name().equals(name)) {
                return entry.command().get();
            }
        }
        return null;
    }

    /** All names, in the order of the help. */
    static List<String> names() {
        return COMMANDS.stream().map(Entry::name).toList();
    }

    /** {@code smi} itself, with all commands: for help, and for a command that does not exist. */
    static CommandSpec root() {
        CommandSpec root = Picocli.spec()
                .name("smi")
                .addOption(help())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
        root.usageMessage()
                .description("The hardware of this machine as one JSON frame.")
                .commandListHeading("%nCommands:%n")
                .footer(
                        "%nFirst steps:",
                        "  smi snapshot",
                        "  smi snapshot --json | jq .memory",
                        "  smi record -o run.jsonl.zst",
                        "  smi api                             then open http://127.0.0.1:9090");
        for (Entry entry : COMMANDS) {
            root.addSubcommand(entry.name(), entry.command().get().spec());
        }
        return root;
    }

    /** Adds the options of every command that has settings. */
    static void addCommon(CommandSpec spec) {
        Settings.addFile(spec);
        spec.addOption(help());
    }

    /** The options of all commands, by name. */
    static Map<String, CommandSpec> specs() {
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        for (Entry entry : COMMANDS) {
            specs.put(entry.name(), entry.command().get().spec());
        }
        return specs;
    }

    /** The option that every command has. */
    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help.")
                .build();
    }

    /** The version of the running program; the jar's manifest tells. */
    static String version() {
        String version = SmiCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
