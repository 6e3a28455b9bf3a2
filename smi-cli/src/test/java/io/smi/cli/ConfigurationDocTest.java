package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No setting without a line in {@code docs/configuration.md}; {@code -Dgolden.update} writes them. */
class ConfigurationDocTest {
    private static final Path DOC = Path.of("../docs/configuration.md");
    private static final String GENERATED =
            "<!-- generated: mvn test -pl smi-cli -Dtest=ConfigurationDocTest -Dgolden.update -->\n";

    private static String table() {
        StringBuilder table = new StringBuilder(GENERATED);
        table.append("| key | variable | default | meaning |\n|---|---|---|---|\n");
        for (Setting setting : Setting.of(SmiCommand.specs())) {
            String value = setting.defaultText();
            table.append("| `")
                    .append(setting.key())
                    .append("` | `")
                    .append(setting.variable())
                    .append("` | ");
            table.append(value == null ? "" : '`' + value + '`').append(" | ");
            table.append(setting.description().replace("|", "\\|")).append(" |\n");
        }
        return table.toString();
    }

    @Test
    void everySettingIsDocumented() throws IOException {
        String doc = Files.readString(DOC);
        String expected = doc.substring(0, doc.indexOf(GENERATED)) + table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOC, expected);
        }
        assertThat(Files.readString(DOC)).as("-Dgolden.update writes it").isEqualTo(expected);
    }

    @Test
    void keysAndVariablesAreUnique() {
        List<Setting> all = Setting.of(SmiCommand.specs());
        assertThat(all).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(all).extracting(Setting::variable).doesNotHaveDuplicates();
    }
}
