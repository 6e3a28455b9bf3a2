package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
    @TempDir
    private Path folder;

    private Path file;
    private Map<String, String> home;

    @BeforeEach
    void aHome() {
        file = folder.resolve("smi/config.toml");
        home = Map.of("XDG_CONFIG_HOME", folder.toString(), "SMI_RECORD_QUIET", "true");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void pathTellsWhereItLooks() throws IOException {
        assertThat(Run.smi(home, "config", "path").out()).startsWith(file + "  (not there)\n/etc/smi/config.toml");
        write("");
        assertThat(Run.smi(home, "config", "path").out()).startsWith(file + "\n");
        assertThat(Run.smi(home, "config", "path", "--config", "/x").out()).isEqualTo("/x  (not there)\n");
    }

    @Test
    void printTellsEachValueAndWhoSetIt() throws IOException {
        write("[api]\nlisten = ['[::1]:1', '[::1]:2']\n");
        Run run = Run.smi(home, "config", "print", "--json");
        assertThat(run.err()).isEmpty();
        JsonNode settings = JsonMapper.shared().readTree(run.out());
        assertThat(find(settings, "api.listen").toString())
                .isEqualTo("{\"key\":\"api.listen\",\"variable\":\"SMI_API_LISTEN\",\"value\":\"[::1]:1,[::1]:2\","
                        + "\"origin\":\"" + file + ":2\"}");
        assertThat(find(settings, "record.quiet").get("origin").asString()).isEqualTo("SMI_RECORD_QUIET");
        assertThat(find(settings, "snapshot.interval").get("value").asString()).isEqualTo("1s");
        assertThat(find(settings, "snapshot.interval").get("origin").asString()).isEqualTo("default");
        assertThat(find(settings, "api.socket").get("value").isNull()).isTrue();
        assertThat(Run.smi(home, "config", "print").out().lines())
                .hasSize(settings.size())
                .anyMatch(line -> line.matches("api.listen +\\[::1]:1,\\[::1]:2 +" + file + ":2"));
    }

    @Test
    void printShowsNoPassword() {
        Map<String, String> variable = Map.of("SMI_RECORD_FROM", "https://ann:hunter2@node1:9090");
        for (String[] command : new String[][] {{"config", "print"}, {"config", "print", "--json"}}) {
            assertThat(Run.smi(variable, command).out())
                    .contains("https://***@node1:9090")
                    .doesNotContain("ann", "hunter2");
        }
    }

    private static JsonNode find(JsonNode settings, String key) {
        return settings.valueStream()
                .filter(setting -> setting.get("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void validateTellsEveryMistake() throws IOException {
        write("[api]\nlisten = ':'\nlisen = 'x'\n[nope]\nx = 1\n[record]\nlevel = 20\n");
        Run run = Run.smi(home, "config", "validate");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("smi: " + file + ":"))
                .anyMatch(line -> line.contains(":3: unknown key 'api.lisen', the nearest is 'api.listen'"))
                .anyMatch(line -> line.contains(":2: api.listen: ':' is not HOST:PORT"))
                .anyMatch(line -> line.contains(":7: record.level: '20' is not a number from 1 to 19"));
        assertThat(Run.smi(home, "config", "validate", file.toString()).err()).isEqualTo(run.err());
        Run variable = Run.smi(Map.of("SMI_API_INTERVAL", "x"), "config", "validate");
        assertThat(variable.code()).isEqualTo(2);
        assertThat(variable.err()).startsWith("smi: SMI_API_INTERVAL: api.interval: 'x' is not");
    }

    @Test
    void initWritesAFileThatSetsNothing() throws IOException {
        Run run = Run.smi(home, "config", "init");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(file + "\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readAllLines(file))
                .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.startsWith("["));
        assertThat(Run.smi(home, "config", "validate").code()).isZero();
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).as("no temporary file").containsExactly(file);
        }
    }

    @Test
    void everyLineOfTheExampleIsAKey() throws IOException {
        Run.smi(home, "config", "init");
        String all = Files.readString(file).replaceAll("(?m)^# (\\S+ = )", "$1");
        write(all);
        Run run = Run.smi(Map.of("XDG_CONFIG_HOME", folder.toString()), "config", "validate");
        assertThat(run.err())
                .as("only placeholders")
                .doesNotContain("unknown key")
                .doesNotContain("expected");
        assertThat(all.lines().filter(line -> line.contains(" = ") && !line.startsWith("#")))
                .hasSameSizeAs(Setting.of(SmiCommand.specs()));
    }

    @Test
    void initLeavesAFileAloneUnlessForced() throws IOException {
        write("mine");
        Run run = Run.smi(home, "config", "init");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("smi: " + file + " exists; --force overwrites it\n");
        assertThat(file).hasContent("mine");
        assertThat(Run.smi(home, "config", "init", "--force").code()).isZero();
        assertThat(Files.readString(file)).contains("[snapshot]");
    }

    @Test
    void initDoesNotFollowALink() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, precious);
        assertThat(Run.smi(home, "config", "init").code()).isEqualTo(1);
        assertThat(Run.smi(home, "config", "init", "--force").code()).isZero();
        assertThat(precious).hasContent("mine");
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }
}
