package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void argumentsAreJoinedBySpaces() {
        assertThat(CommandLine.of("sleep\0" + "600\0", CmdlineMode.REDACTED)).isEqualTo("sleep 600");
    }

    @Test
    void aTitleWrittenOverTheArgumentsLosesItsPadding() {
        assertThat(CommandLine.of("nginx: worker process\0\0\0\0", CmdlineMode.REDACTED))
                .isEqualTo("nginx: worker process");
    }

    @ParameterizedTest
    @EnumSource(CmdlineMode.class)
    void whoHasNoneHasNull(CmdlineMode mode) {
        assertThat(CommandLine.of("", mode)).isNull();
        assertThat(CommandLine.of("\0\0", mode)).isNull();
    }

    @Test
    void theModeDecides() {
        String raw = "app\0--password\0hunter2\0";
        assertThat(CommandLine.of(raw, CmdlineMode.REDACTED)).isEqualTo("app --password ***");
        assertThat(CommandLine.of(raw, CmdlineMode.FULL)).isEqualTo("app --password hunter2");
        assertThat(CommandLine.of(raw, CmdlineMode.NONE)).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = CmdlineMode.class,
            names = {"REDACTED", "FULL"})
    void nothingHarmsATerminal(CmdlineMode mode) {
        String raw = "printf\0\u001b[31mred\u0007\0a\r\nb\tc\0\u202egnp.exe\0\u2028\0\u009b2J\0";
        assertThat(CommandLine.of(raw, mode)).isEqualTo("printf ?[31mred? a  b c ?gnp.exe ? ?2J");
    }

    @Test
    void otherLettersStayAsTheyAre() {
        assertThat(CommandLine.of("mpv\0Żółć 日本 🎵.mp3\0", CmdlineMode.REDACTED))
                .isEqualTo("mpv Żółć 日本 🎵.mp3");
    }

    @ParameterizedTest
    @EnumSource(
            value = CmdlineMode.class,
            names = {"REDACTED", "FULL"})
    void aLongOneIsCut(CmdlineMode mode) {
        String command = CommandLine.of("java\0-cp\0" + "x".repeat(100_000) + "\0", mode);
        assertThat(command)
                .hasSize(CommandLine.LONGEST)
                .startsWith("java -cp xxx")
                .endsWith("xxx...");
    }

    @Test
    void aCutSplitsNoCharacter() {
        String command = CommandLine.of("🎵".repeat(5000), CmdlineMode.FULL);
        assertThat(command).endsWith("🎵...").hasSize(CommandLine.LONGEST - 1);
    }

    @Test
    void aCutDoesNotSaveASecretFromBeingReplaced() {
        String command = CommandLine.of(
                "a".repeat(CommandLine.LONGEST - 30) + "\0http://u:" + "s".repeat(900) + "@h\0", CmdlineMode.REDACTED);
        assertThat(command).endsWith("http://u:***@h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e=", "--user=", "e=x ", "user=%"})
    void aHugeOneIsCutBeforeItIsSearched(String part) {
        String start = part.repeat(CommandLine.ENOUGH / part.length() + 1).substring(0, CommandLine.ENOUGH);
        assertThat(CommandLine.of(start + " --password=" + part.repeat(1 << 19), CmdlineMode.REDACTED))
                .isEqualTo(CommandLine.of(start, CmdlineMode.REDACTED));
    }

    @Test
    void whatIsLeftOutIsTold() {
        String command = CommandLine.of("app\0--password\0" + "x".repeat(1 << 20) + "\0--port\0", CmdlineMode.REDACTED);
        assertThat(command).isEqualTo("app --password ***...");
    }

    /** One pass with a bounded look ahead: a quadratic search would take minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {"://a:b", ":=", "a:", "\"", "eyJ", "-", "=", "x@", " -p", "--password= ", "a\0", "e=", "--user="
            })
    void nobodyKeepsTheReaderBusy(String part) {
        String raw = "x\0" + part.repeat(2_000_000 / part.length());
        long start = System.nanoTime();
        CommandLine.of(raw, CmdlineMode.REDACTED);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"plain, plain", "'a\u0000b', a b", "'\u007f', ?"})
    void printable(String text, String expected) {
        assertThat(CommandLine.printable(text)).isEqualTo(expected);
    }
}
