package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files and variables do to commands. */
class SettingsTest {
    @TempDir
    private Path folder;

    private Map<String, String> home(String text) throws IOException {
        Path file = Files.createDirectories(folder.resolve("smi")).resolve("config.toml");
        Files.writeString(file, text);
        return Map.of("XDG_CONFIG_HOME", folder.toString());
    }

    private static String columns(Map<String, String> environment, String... more) {
        List<String> command = new ArrayList<>(List.of("snapshot", "--window", "0"));
        command.addAll(List.of(more));
        Run run = Run.smi(environment, command.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    @Test
    void theCommandLineGoesBeforeVariablesAndTheseBeforeFiles() throws IOException {
        Map<String, String> file = home("[snapshot]\nformat = 'json'\ninclude = ['memory', 'cpu']");
        assertThat(columns(file))
                .startsWith("{")
                .contains("\"memory\":", "\"cpus\":")
                .doesNotContain("\"chassis\":");
        Map<String, String> both = Map.of("XDG_CONFIG_HOME", folder.toString(), "SMI_SNAPSHOT_INCLUDE", "chassis");
        assertThat(columns(both)).contains("\"chassis\":").doesNotContain("\"cpus\":");
        assertThat(columns(both, "--include", "cpu")).contains("\"cpus\":").doesNotContain("\"chassis\":");
        assertThat(columns(file, "--format", "prometheus")).startsWith("# ");
    }

    @Test
    void whatOneRunIsAboutGoesBeforeASettingThatDoesNotFitIt() throws IOException {
        Map<String, String> file = home("[snapshot]\nformat = 'csv'\ninclude = 'memory'");
        assertThat(columns(file)).startsWith("timestamp,");
        assertThat(columns(file, "--json")).startsWith("{");
        assertThat(columns(file, "--query", "cpus.model")).startsWith("cpus.model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cmdline = 'none'", "[api]\nsse-max-clients = 7", "[record]\nqiet = true"})
    void whatConcernsOthersIsTheirs(String text) throws IOException {
        assertThat(columns(home(text))).isNotEmpty();
    }

    @Test
    void anEmptyVariableIsNotSet() {
        assertThat(columns(Map.of("SMI_SNAPSHOT_FORMAT", ""))).doesNotStartWith("{");
    }

    @Test
    void aFileThatIsNamedIsTheOnlyOne() throws IOException {
        Map<String, String> usual = home("[snapshot]\nformat = 'json'");
        Path other = Files.writeString(folder.resolve("other.toml"), "[snapshot]\nformat = 'prometheus'");
        assertThat(columns(usual, "--config", other.toString())).startsWith("# ");
        assertThat(columns(Map.of("XDG_CONFIG_HOME", folder.toString(), "SMI_CONFIG", other.toString())))
                .startsWith("# ");
        assertThat(columns(usual, "--config", "/dev/null")).doesNotStartWith("{");
        Run missing = Run.smi(Map.of("SMI_CONFIG", "/nope"), "snapshot");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .startsWith("smi: cannot read /nope: no such file")
                .hasLineCount(1);
    }

    @Test
    void aUsersHomeIsUsedWithoutXdg() throws IOException {
        Path file = Files.createDirectories(folder.resolve(".config/smi")).resolve("config.toml");
        Files.writeString(file, "[snapshot]\nformat = 'json'");
        assertThat(columns(Map.of("HOME", folder.toString()))).startsWith("{");
        assertThat(columns(Map.of("HOME", folder.toString(), "XDG_CONFIG_HOME", "relative")))
                .startsWith("{");
        assertThat(columns(Map.of("HOME", ""))).doesNotStartWith("{");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [snapshot];intervl = '1s'     | :2: unknown key 'snapshot.intervl', the nearest is 'snapshot.interval'
            cmdlin = 'none'               | :1: unknown key 'cmdlin', the nearest is 'cmdline'
            [snapshop];interval = '1s'    | :2: unknown key 'snapshop.interval', the nearest is 'snapshot.interval'
            [snapshot];samples = 3        | :2: unknown key 'snapshot.samples', the nearest is
            """)
    void anUnknownKeyIsToldAndTheCommandRuns(String text, String message) throws IOException {
        Run run = Run.smi(home(text.replace(';', '\n')), "snapshot", "--window", "0", "--json");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("{");
        assertThat(run.err())
                .startsWith("smi: " + folder + "/smi/config.toml" + message)
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [snapshot];interval = '1'      | :2: snapshot.interval: '1' is not a number with ms, s, m or h
            [snapshot];interval = ['1s']   | :2: snapshot.interval: takes one value, not an array
            [snapshot];strict = 'maybe'    | :2: snapshot.strict: 'maybe' is neither true nor false
            [snapshot];include = ['x']     | :2: snapshot.include: unknown section 'x'
            path.procfs = '/nope'          | :1: path.procfs: '/nope' is not a directory
            [snapshot                      | :1: expected ']'
            """)
    void aWrongValueEndsItWithItsLine(String text, String message) throws IOException {
        Run run = Run.smi(home(text.replace(';', '\n')), "snapshot", "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("smi: " + folder + "/smi/config.toml" + message)
                .hasLineCount(1);
    }

    @Test
    void aWrongVariableIsNamed() {
        Run run = Run.smi(Map.of("SMI_SNAPSHOT_INTERVAL", "1"), "snapshot");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("smi: SMI_SNAPSHOT_INTERVAL: snapshot.interval: '1' is not a number");
    }

    /** Rules about what goes with what are about what was asked for now. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [record];level = 9;fsync = '1s';keep = 3;ca-file = 'x' | record --output - --duration 50ms --interval 50ms
            [record];level = 9;keep = 3                            | record --output @.jsonl --duration 50ms --interval 50ms
            """)
    void settingsThatDoNotFitAreLeftAlone(String text, String command) throws IOException {
        String line = command.replace("@", folder.resolve("run").toString());
        Run run = Run.smi(home(text.replace(';', '\n')), line.split(" "));
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void aVariableSeparatesByCommas() {
        var spec = ApiOptions.spec();
        var parsed = Picocli.parser(spec).parseArgs();
        Console console = new Console(
                new ByteArrayOutputStream(), System.err, false, false, Map.of("SMI_API_LISTEN", "[::1]:1,127.0.0.1:2"));
        Settings.apply("api", parsed, console);
        assertThat(ApiOptions.of(parsed, null).server().listen()).hasSize(2);
    }
}
