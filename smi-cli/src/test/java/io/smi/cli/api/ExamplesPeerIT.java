package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.schema.FrameDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code examples/}, as they are, beside the packaged server. They take seconds each, so all run at once. */
@Tag("peer")
@Timeout(120)
class ExamplesPeerIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("smi.checkout"), "examples");

    @TempDir
    private static Path folder;

    private static final Map<String, CompletableFuture<Outcome>> RUNS = new ConcurrentHashMap<>();

    private static ApiProcess smi;

    @BeforeAll
    static void start() throws Exception {
        Peers.require("curl", "jq", "timeout", "sed");
        Path socket = folder.resolve("smi.sock");
        smi = ApiProcess.start("--listen", "127.0.0.1:0", "--socket", socket.toString(), "--interval", "500ms");
        Await.until("it is ready", () -> {
            try (Answer ready = Answer.get(smi.tcp(), "/ready")) {
                return ready.status() == 200;
            }
        });
        run("curl/unix-socket.sh", socket.toString());
        for (String script : new String[] {"curl/events.sh", "curl/metrics.sh", "curl/resume.sh", "curl/snapshot.sh"}) {
            run(script, smi.url());
        }
        for (String script : new String[] {"jq/frames.sh", "jq/gpus.sh", "jq/load.sh", "jq/processes.sh"}) {
            run(script, smi.url());
        }
    }

    private static void run(String script, String server) {
        RUNS.put(
                script,
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return Program.run(
                                        Map.of(), EXAMPLES.resolve(script).toString(), server);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        task -> Thread.ofVirtual().start(task)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (smi != null) {
            CompletableFuture.allOf(RUNS.values().toArray(CompletableFuture[]::new))
                    .join();
            smi.close();
        }
    }

    private static String out(String script) throws Exception {
        Outcome outcome = RUNS.get(script).get();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isNotEmpty();
        return outcome.out();
    }

    @Test
    void curlSnapshotAndUnixSocket() throws Exception {
        for (String script : new String[] {"curl/snapshot.sh", "curl/unix-socket.sh"}) {
            String frame = out(script);
            assertThat(FrameDecoder.decode(frame.getBytes(StandardCharsets.UTF_8))
                            .memory())
                    .hasSize(1);
        }
        assertThat(out("curl/snapshot.sh").lines().count()).as("pretty").isGreaterThan(10);
        assertThat(out("curl/unix-socket.sh")).hasLineCount(1);
    }

    @Test
    void curlEvents() throws Exception {
        assertThat(out("curl/events.sh")).startsWith("retry: 2000\n").contains("\nevent: snapshot\n", "\"gpus\":[");
        assertThat(out("curl/events.sh")).doesNotContain("\"cpus\":[");
    }

    @Test
    void curlMetrics() throws Exception {
        assertThat(out("curl/metrics.sh")).contains("\nsmi_memory_total_bytes ").endsWith("# EOF\n");
    }

    @Test
    void curlResume() throws Exception {
        String last = out("curl/resume.sh").lines().findFirst().orElseThrow();
        long lost = Long.parseLong(last.substring("lost after frame ".length()));
        assertThat(out("curl/resume.sh"))
                .as("the frames of five seconds at two a second are still there")
                .contains("\nid: " + (lost + 1) + "\n")
                .doesNotContain("event: lag", "id: " + lost + "\n");
    }

    @Test
    void jqFrames() throws Exception {
        String frames = out("jq/frames.sh");
        assertThat(frames.lines().count()).isGreaterThan(5);
        for (String frame : frames.lines().toList()) {
            assertThat(FrameDecoder.decode(frame.getBytes(StandardCharsets.UTF_8))
                            .hostname())
                    .isNotEmpty();
        }
    }

    @Test
    void jqTables() throws Exception {
        assertThat(out("jq/gpus.sh")).startsWith("INDEX\tNAME\tLOAD %\t");
        assertThat(out("jq/load.sh").lines().toList())
                .hasSizeGreaterThan(5)
                .as("a first frame has no load")
                .allMatch(line -> line.matches("\\S+Z {2}(\\S+ cpu|-) {2}\\S+ memory {2}.*"));
        assertThat(out("jq/processes.sh").lines().toList())
                .hasSize(5)
                .allMatch(line -> line.matches("\\d+\t.+\t[0-9.]+"));
    }
}
