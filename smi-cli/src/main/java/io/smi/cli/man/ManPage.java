package io.smi.cli.man;

import io.smi.cli.text.HelpText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command: {@code smi(1)}, {@code smi-snapshot(1)}. */
public final class ManPage {
    private static final String EXIT_CODES = "Exit codes: ";

    private final CommandSpec root;
    private final CommandSpec command;
    private final Roff page = new Roff();

    private ManPage(CommandSpec root, CommandSpec command) {
        this.root = root;
        this.command = command;
    }

    /** The name of its page, without the section. */
    public static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /**
     * The page in roff, with the macros of man(7).
     *
     * @param date of the page, such as 2026-11-25
     */
    public static String of(CommandSpec root, CommandSpec command, String version, String date) {
        ManPage page = new ManPage(root, command);
        page.head(version, date);
        page.arguments();
        page.footer();
        page.environment();
        page.seeAlso();
        return page.page.toString();
    }

    private void head(String version, String date) {
        String[] description = command.usageMessage().description();
        page.request("TH", name(command).toUpperCase(Locale.ROOT), "1", date, root.name() + " " + version, "");
        page.request("SH", "NAME").line(Roff.escaped(name(command)) + " \\- " + Roff.escaped(summary(description[0])));
        page.request("SH", "SYNOPSIS").line(synopsis());
        page.request("SH", "DESCRIPTION").paragraph(HelpText.plain(description));
        if (isRoot()) {
            page.request("SH", "COMMANDS");
            for (CommandSpec each : commands()) {
                page.request("TP").line(Roff.bold(name(each)) + "(1)");
                page.paragraph(HelpText.plain(each.usageMessage().description()[0]));
            }
        }
    }

    /** What whatis(1) lists: no sentence, and no more than a line. */
    private static String summary(String description) {
        String summary = HelpText.plain(description).split("[.:,] |[.]$", 2)[0];
        return Character.toLowerCase(summary.charAt(0)) + summary.substring(1);
    }

    private String synopsis() {
        StringBuilder line = new StringBuilder(Roff.bold(command.qualifiedName()));
        if (isRoot()) {
            return line.append(' ')
                    .append(Roff.italic("COMMAND"))
                    .append(" [")
                    .append(Roff.italic("OPTIONS"))
                    .append(']')
                    .toString();
        }
        line.append(" [").append(Roff.italic("OPTIONS")).append(']');
        for (PositionalParamSpec argument : command.positionalParameters()) {
            line.append(' ').append(Roff.italic(argument.paramLabel())).append(" ...");
        }
        return line.toString();
    }

    private void arguments() {
        if (!command.positionalParameters().isEmpty()) {
            page.request("SH", "ARGUMENTS");
            for (PositionalParamSpec argument : command.positionalParameters()) {
                page.request("TP").line(Roff.italic(argument.paramLabel()));
                page.paragraph(description(argument));
            }
        }
        page.request("SH", "OPTIONS");
        for (OptionSpec option : command.options()) {
            String names = Arrays.stream(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
            String value = option.arity().max() == 0 ? "" : " " + Roff.italic(option.paramLabel());
            page.request("TP").line(names + value);
            page.paragraph(description(option));
        }
    }

    private static String description(ArgSpec argument) {
        return HelpText.plain(argument.description());
    }

    /** Blocks of the help's end: examples, exit codes, and what else there is to say. */
    private void footer() {
        String[] footer = command.usageMessage().footer();
        for (int i = 0; i < footer.length; i++) {
            String head = footer[i].startsWith("%n") ? footer[i].substring(2) : footer[i];
            List<String> more = new ArrayList<>();
            while (i + 1 < footer.length && !footer[i + 1].startsWith("%n")) {
                i++;
                more.add(HelpText.plain(footer[i]));
            }
            block(HelpText.plain(head), more);
        }
    }

    private void block(String head, List<String> more) {
        if (head.startsWith(EXIT_CODES)) {
            String codes = head.substring(EXIT_CODES.length()) + " "
                    + more.stream().map(String::strip).collect(Collectors.joining(" "));
            page.request("SH", "EXIT STATUS").paragraph(codes.strip());
        } else if (head.endsWith(":")) {
            page.request("SH", "EXAMPLES").request("nf");
            more.forEach(line -> page.line(Roff.escaped(line.strip())));
            page.request("fi");
        } else {
            page.request("SH", "NOTES").paragraph(head + " " + String.join(" ", more));
        }
    }

    private void environment() {
        page.request("SH", "ENVIRONMENT");
        page.request("TP").line(Roff.bold("NO_COLOR")).paragraph("If it is set, no colours are printed.");
        page.request("TP").line(Roff.bold("SMI_JAVA_OPTS")).paragraph("More options for the Java virtual machine.");
    }

    private void seeAlso() {
        List<String> pages = new ArrayList<>();
        if (!isRoot()) {
            pages.add(Roff.bold(name(root)) + "(1)");
        }
        for (CommandSpec other : commands()) {
            if (!other.name().equals(command.name())) {
                pages.add(Roff.bold(name(other)) + "(1)");
            }
        }
        page.request("SH", "SEE ALSO").line(String.join(", ", pages));
    }

    private boolean isRoot() {
        return command.parent() == null;
    }

    private List<CommandSpec> commands() {
        return root.subcommands().values().stream()
                .map(command -> command.getCommandSpec())
                .toList();
    }
}
