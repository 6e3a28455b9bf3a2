package io.smi.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.Answer;
import io.smi.server.LiveServer;
import io.smi.server.TestMachine;
import io.smi.server.metrics.Exposition;
import io.smi.server.metrics.ExpositionReader;
import io.smi.server.metrics.ExpositionReader.Family;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsRouteTest {
    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private LiveServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new LiveServer(new TestMachine(folder).gpus(2).processes(60), Duration.ofMillis(100)).ready();
    }

    @AfterAll
    void end() throws IOException {
        server.close();
    }

    private Map<String, Family> scrape(String target) throws IOException {
        Answer answer = server.get(target);
        assertThat(answer.status()).isEqualTo(200);
        return ExpositionReader.read(Exposition.TEXT, answer.text());
    }

    @Test
    void isTextUnlessOpenMetricsIsAskedFor() throws IOException {
        for (int transport = 0; transport < 2; transport++) {
            Answer text = Answer.to(server.address(transport), "GET", "/metrics");
            assertThat(text.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(text.header("vary")).isEqualTo("Accept, Accept-Encoding");
            assertThat(text.header("content-encoding")).isNull();
            assertThat(ExpositionReader.read(Exposition.TEXT, text.text())).containsKey("smi_memory_total_bytes");
            Answer open = Answer.to(
                    server.address(transport),
                    "GET",
                    "/metrics",
                    "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2");
            assertThat(open.header("content-type")).isEqualTo(OPENMETRICS);
            assertThat(ExpositionReader.read(Exposition.OPENMETRICS, open.text()))
                    .containsKey("smi_memory_total_bytes");
        }
    }

    @Test
    void isPackedForThoseWhoTakeIt() throws IOException {
        Answer packed = server.get("/metrics", "Accept-Encoding: deflate, gzip;q=0.5");
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(packed.body()).hasSizeLessThan(bytes.length / 3);
        assertThat(ExpositionReader.read(Exposition.TEXT, new String(bytes, StandardCharsets.UTF_8)))
                .containsKey("smi_build_info");
        for (String other : List.of("identity", "gzip;q=0", "br", "")) {
            assertThat(server.get("/metrics", "Accept-Encoding: " + other).header("content-encoding"))
                    .as(other)
                    .isNull();
        }
    }

    @Test
    void tellsOfTheServerItself() throws IOException {
        Map<String, Family> families = scrape("/metrics");
        assertThat(families)
                .containsKeys(
                        "smi_build_info",
                        "smi_frames_total",
                        "smi_frame_age_seconds",
                        "smi_sse_clients",
                        "smi_sse_dropped_total",
                        "smi_reader_success",
                        "smi_reader_duration_seconds");
        assertThat(value(families, "smi_tick_interval_seconds")).isEqualTo(0.1);
        assertThat(value(families, "smi_sse_clients_max")).isEqualTo(1024);
        assertThat(value(families, "smi_frame_age_seconds")).isBetween(0.0, 5.0);
    }

    @Test
    void givesNoProcessesUnlessAskedForAndThenThoseWhoUseMost() throws IOException {
        assertThat(processes(scrape("/metrics"))).isEmpty();
        Map<String, Family> families = scrape("/metrics?include=process");
        assertThat(processes(families))
                .isNotEmpty()
                .allSatisfy(family -> assertThat(family.series()).hasSizeBetween(1, 50));
        assertThat(families).doesNotContainKey("smi_memory_total_bytes").containsKey("smi_build_info");
    }

    private static List<Family> processes(Map<String, Family> families) {
        return families.values().stream()
                .filter(family -> family.name().startsWith("smi_process_")
                        && family.series().keySet().stream().anyMatch(labels -> labels.contains("pid=")))
                .toList();
    }

    @Test
    void givesTheSectionsThatAreAskedFor() throws IOException {
        Set<String> memory = scrape("/metrics?include=memory").keySet();
        assertThat(memory).contains("smi_memory_total_bytes", "smi_frames_total");
        assertThat(memory).noneMatch(name -> name.startsWith("smi_gpu_"));
        assertThat(scrape("/metrics?include=gpu").keySet()).anyMatch(name -> name.startsWith("smi_gpu_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"include=x", "include=", "pretty=1", "name[]=x"})
    void refusesWhatItDoesNotUnderstand(String query) throws IOException {
        server.get("/metrics?" + query).problem(400);
    }

    private static double value(Map<String, Family> families, String name) {
        Family family = families.get(name);
        assertThat(family).isNotNull();
        return family.series().values().iterator().next();
    }
}
