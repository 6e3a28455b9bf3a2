package io.smi.cli.man;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {
    @Test
    void aPageHasWhatTheHelpHas() {
        CommandSpec root = CommandSpec.create().name("tool");
        CommandSpec command = CommandSpec.create();
        command.usageMessage()
                .description("Do 100 %% of it: now.")
                .footer("%nExamples:", "  tool do -x 'a'", "%nExit codes: 0 ok,", "  1 not");
        command.addOption(OptionSpec.builder("-x", "--extra.name")
                .type(String.class)
                .arity("1")
                .paramLabel("NAME")
                .description("'Quoted', or .dotted.")
                .build());
        root.addSubcommand("do", command);
        assertThat(ManPage.of(root, command, "1.0", "2026-11-25")).isEqualTo("""
                .TH "TOOL-DO" "1" "2026-11-25" "tool 1.0" ""
                .SH "NAME"
                tool\\-do \\- do 100 % of it
                .SH "SYNOPSIS"
                \\fBtool do\\fR [\\fIOPTIONS\\fR]
                .SH "DESCRIPTION"
                Do 100 % of it: now.
                .SH "OPTIONS"
                .TP
                \\fB\\-x\\fR, \\fB\\-\\-extra.name\\fR \\fINAME\\fR
                \\(aqQuoted\\(aq, or .dotted.
                .SH "EXAMPLES"
                .nf
                tool do \\-x \\(aqa\\(aq
                .fi
                .SH "EXIT STATUS"
                0 ok, 1 not
                .SH "ENVIRONMENT"
                .TP
                \\fBNO_COLOR\\fR
                If it is set, no colours are printed.
                .TP
                \\fBSMI_JAVA_OPTS\\fR
                More options for the Java virtual machine.
                .SH "SEE ALSO"
                \\fBtool\\fR(1)
                """);
    }

    @ParameterizedTest
    @CsvSource({"a-b, a\\-b", "a\\b, a\\eb", "~^`, \\(ti\\(ha\\(ga", ".x, \\&.x"})
    void whatMeansSomethingToRoffIsEscaped(String plain, String line) {
        assertThat(new Roff().paragraph(plain)).hasToString(line + "\n");
    }

    @Test
    void noLineIsLong() {
        assertThat(new Roff().paragraph("word ".repeat(100).strip()).toString().lines())
                .hasSize(7)
                .allMatch(line -> line.length() <= 78 && line.startsWith("word") && line.endsWith("word"));
    }
}
