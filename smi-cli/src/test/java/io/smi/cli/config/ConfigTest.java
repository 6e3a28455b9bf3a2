package io.smi.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

class ConfigTest {
    private static final Setting INTERVAL = setting("interval");
    private static final Setting WINDOW = setting("window");

    @TempDir
    private Path folder;

    private static Setting setting(String name) {
        return new Setting(
                "snapshot." + name, OptionSpec.builder("--" + name).arity("1").build());
    }

    @Test
    void filesArePutTogetherKeyByKey() throws IOException, ConfigException {
        Path system = Files.writeString(folder.resolve("system.toml"), "[snapshot]\ninterval = '1s'\nwindow = '0'");
        Path user = Files.createDirectories(folder.resolve("smi")).resolve("config.toml");
        Files.writeString(user, "[snapshot]\ninterval = '2s'");
        Config config = Config.of(null, Map.of("XDG_CONFIG_HOME", folder.toString()), system.toFile());
        assertThat(config.find(INTERVAL)).isEqualTo(new Origin(List.of("2s"), false, user + ":2"));
        assertThat(config.find(WINDOW)).isEqualTo(new Origin(List.of("0"), false, system + ":3"));
        assertThat(Config.of(user.toString(), Map.of(), system.toFile()).find(WINDOW))
                .isNull();
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        Path file = folder.resolve("f");
        Files.write(file, new byte[] {'#', (byte) 0xFF});
        assertThatThrownBy(() -> Config.ofFile(file.toFile()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": is not UTF-8");
        assertThatThrownBy(() -> Config.ofFile(folder.toFile()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("cannot read " + folder + ": ");
    }
}
