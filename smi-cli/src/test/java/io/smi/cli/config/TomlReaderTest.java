package io.smi.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlReaderTest {
    /** Values by key, with their lines. */
    private static Map<String, String> read(String text) throws ConfigException {
        return TomlReader.read("f", text).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().texts() + "@"
                                + entry.getValue().where()));
    }

    @Test
    void whatSettingsNeedIsRead() throws ConfigException {
        assertThat(read("""
                        # a comment
                        cmdline = "none" # another

                        [snapshot]
                        interval = '1s'
                        strict=true
                        path.procfs = "/a\\u0062\\t\\"c\\""
                        "quo.ted" = -1_000\r
                        [ api . "more" ]
                        listen = [ # addresses
                          "a#b", 'c\\d', 7,
                        ]
                        empty = []"""))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cmdline", "[none]@f:2",
                        "snapshot.interval", "[1s]@f:5",
                        "snapshot.strict", "[true]@f:6",
                        "snapshot.path.procfs", "[/ab\t\"c\"]@f:7",
                        "snapshot.quo.ted", "[-1000]@f:8",
                        "api.more.listen", "[a#b, c\\d, 7]@f:10",
                        "api.more.empty", "[]@f:13"));
    }

    @Test
    void nothingIsNothing() throws ConfigException {
        assertThat(read("")).isEmpty();
        assertThat(read("# only this")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a = 1\\na = 2            | f:2: 'a' is there twice
            [a]\\n[b]\\n[a]          | f:3: table 'a' is there twice
            a                        | f:1: expected '=', found the end of the line
            a =                      | f:1: expected a string in quotes, a whole number, true, false, or an array, found the end of the line
            = 1                      | f:1: expected a key, found '='
            a = 1s                   | f:1: '1s' is not a string in quotes, a whole number, true or false
            a = 1.5                  | f:1: '1' is not a string in quotes, a whole number, true or false
            a = 01                   | f:1: '01' is not a string in quotes
            a = 1__0                 | f:1: '1__0' is not a string in quotes
            a = 1_                   | f:1: '1_' is not a string in quotes
            a = -                    | f:1: '-' is not a string in quotes
            a = yes                  | f:1: 'yes' is not a string in quotes
            a = 2026-01-01           | f:1: '2026-01-01' is not a string in quotes
            a = "b                   | f:1: the string has no end on its line
            a = "b" c                | f:1: expected the end of the line, found 'c'
            a = "\\x"                | f:1: unknown escape in a string; a literal string in ' has none
            a = "\\u00g0"            | f:1: expected 4 hexadecimal digits, found 'g'
            a = "\\ud800"            | f:1: no such character
            a = "\\UFFFFFFFF"        | f:1: no such character
            a = \"""b\"""            | f:1: strings of several lines are not for settings
            a = [1\\n2]              | f:2: expected ']', found '2'
            a = [1                   | f:1: expected ']', found the end of the line
            a = [[1]]                | f:1: expected a string in quotes, a whole number, true, false, or an array, found '['
            a = {b = 1}              | f:1: expected a string in quotes, a whole number, true, false, or an array, found '{'
            [[a]]                    | f:1: arrays of tables are not for settings
            [a                       | f:1: expected ']', found the end of the line
            [a] b = 1                | f:1: expected the end of the line, found 'b'
            """)
    void whatIsNotUnderstoodIsRefusedWithItsLine(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }
}
