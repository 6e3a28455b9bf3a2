package io.smi.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others make of the metrics. A peer that is not installed skips its tests; with SMI_PEERS=required it fails them. */
@Tag("peer")
class PrometheusPeerTest {
    private static final List<String> PROMTOOL = List.of("promtool");
    private static final List<String> PYTHON = List.of("/usr/bin/python3", "-c");

    /** Prints how many samples there are. */
    private static final String STRICT_PARSER = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            families = list(text_string_to_metric_families(sys.stdin.read()))
            assert len({family.name for family in families}) == len(families)
            print(sum(len(family.samples) for family in families))
            """;

    @TempDir
    Path folder;

    static Stream<Map.Entry<String, SnapshotFrame>> machines() throws IOException {
        return Frames.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void promtoolFindsNothingToSay(Map.Entry<String, SnapshotFrame> machine) throws Exception {
        requirePromtool();
        Result check = run(PROMTOOL, render(Exposition.TEXT, machine.getValue()), "check", "metrics");
        assertThat(check).isEqualTo(new Result(0, ""));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theStrictParserReadsEverySample(Map.Entry<String, SnapshotFrame> machine) throws Exception {
        require(
                run(PYTHON, new byte[0], "import prometheus_client.openmetrics.parser")
                                .status()
                        == 0,
                "prometheus_client");
        byte[] text = render(Exposition.OPENMETRICS, machine.getValue());
        long samples = new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
        assertThat(run(PYTHON, text, STRICT_PARSER)).isEqualTo(new Result(0, samples + "\n"));
    }

    /** So that a pass above means something. */
    @Test
    void thePeersRefuseWhatIsWrong() throws Exception {
        requirePromtool();
        byte[] bad = "# TYPE smi_bad counter\nsmi_bad 1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(run(PROMTOOL, bad, "check", "metrics").status()).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("exampleChecks")
    void theExamplesHold(String check, String file) throws Exception {
        requirePromtool();
        Path examples = Path.of(System.getProperty("basedir", ""), "../examples/prometheus");
        String[] words = (check + " " + examples.resolve(file)).split(" ");
        Result result = run(PROMTOOL, new byte[0], words);
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("SUCCESS");
    }

    static Stream<String[]> exampleChecks() {
        return Stream.of(
                new String[] {"check config", "prometheus.yml"},
                new String[] {"check rules", "alerts.yml"},
                new String[] {"test rules", "alerts_test.yml"});
    }

    private static byte[] render(Exposition format, SnapshotFrame frame) {
        return format.render(ServerMetrics.of(ServerMetricsTest.STATS), FrameMetrics.of(frame));
    }

    private void requirePromtool() {
        require(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "promtool"))),
                "promtool");
    }

    private static void require(boolean installed, String peer) {
        if ("required".equals(System.getenv("SMI_PEERS"))) {
            assertThat(installed).as("%s is installed", peer).isTrue();
        }
        assumeTrue(installed, peer + " is not installed");
    }

    /** How a peer ended, and what it said. */
    private record Result(int status, String output) {}

    private Result run(List<String> program, byte[] input, String... arguments) throws Exception {
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Stream.concat(program.stream(), Stream.of(arguments)).toList())
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", program)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(out));
    }
}
