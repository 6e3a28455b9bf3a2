package io.smi.server.metrics;

import io.smi.server.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published about the metrics says what the tables say. */
class MetricsDocsTest {
    @Test
    void theDocumentationIsThatOfTheTables() throws IOException {
        try (InputStream introduction = getClass().getResourceAsStream("metrics-intro.md")) {
            String text = new String(Objects.requireNonNull(introduction).readAllBytes(), StandardCharsets.UTF_8);
            Golden.check("../docs/metrics.md", text + sections());
        }
    }

    private static String sections() {
        return Stream.of(
                        section("gpu", GpuMetrics.TABLES),
                        section("cpu", CpuMetrics.TABLES),
                        section("memory", MemoryMetrics.TABLES),
                        section("chassis", ChassisMetrics.TABLES),
                        section("process", ProcessMetrics.TABLES),
                        section("storage", StorageMetrics.TABLES),
                        section("network", NetworkMetrics.TABLES),
                        section("Every frame", FrameMetrics.TABLES),
                        section("smi itself, of `smi api`", ServerMetrics.TABLES))
                .collect(Collectors.joining());
    }

    private static String section(String title, List<? extends Table<?, ?>> tables) {
        return tables.stream()
                .flatMap(table -> table.families().stream().map(family -> row(table, family)))
                .collect(Collectors.joining(
                        "\n",
                        "\n## " + title + "\n\n| name | kind | unit | labels | meaning |\n|---|---|---|---|---|\n",
                        "\n"));
    }

    private static String row(Table<?, ?> table, Family<?> family) {
        String labels =
                table.labelNames().stream().map(name -> "`" + name + "`").collect(Collectors.joining(" "));
        String unit = family.unit() == null ? "" : family.unit().replace("_", " ");
        String kind = family.kind().toString().toLowerCase(Locale.ROOT);
        return "| `%s` | %s | %s | %s | %s |".formatted(family.name(), kind, unit, labels, family.help());
    }
}
