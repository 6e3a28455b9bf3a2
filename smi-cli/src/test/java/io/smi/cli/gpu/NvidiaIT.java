package io.smi.cli.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program on machines with NVIDIA's driver, which a library in C plays. */
class NvidiaIT {
    private static final String SMI = Program.HOME.resolve("bin/smi").toString();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    private static Path folder;

    private static FakeDriver driver;

    @BeforeAll
    static void compile() throws Exception {
        driver = FakeDriver.compile(folder);
    }

    private static JsonNode snapshot(String machine, String... options) throws Exception {
        return snapshotOver("0", machine, options);
    }

    private static JsonNode snapshotOver(String window, String machine, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(SMI, "snapshot", "--json", "--window", window));
        command.addAll(List.of(options));
        Outcome outcome = Program.run(driver.machine(machine), command.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        return JSON.readTree(outcome.out());
    }

    /** One row per GPU, one line per key; {@code -Dgolden.update} rewrites them, to be read beside machines.h. */
    @ParameterizedTest
    @ValueSource(strings = {"h100x8", "laptop", "gb10", "lost", "old"})
    void gpusAreAsTheDriverTells(String machine) throws Exception {
        JsonNode frame = snapshot(machine, "--include", "gpu");
        assertThat(frame.get("errors")).isEmpty();
        String rows = lines(frame.get("gpus"));
        Path golden = Path.of(System.getProperty("smi.checkout"), "smi-cli/src/test/resources/gpu", machine + ".json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, rows);
        }
        assertThat(rows).isEqualTo(Files.readString(golden));
    }

    /** In eighths of a percent, as machines.h has them; a single reading has none. */
    @Test
    void instancesAreAsBusyAsTheirSamplesTell() throws Exception {
        List<Double> busy = new ArrayList<>();
        JsonNode frame = snapshotOver("50ms", "h100x8", "--include", "gpu");
        for (JsonNode gpu : frame.get("gpus")) {
            for (JsonNode instance : gpu.get("partitions")) {
                busy.add(instance.get("utilization_percent").doubleValue());
            }
        }
        assertThat(busy).containsExactly(97.13, 1.63, 37.5, 0.0, 63.0);
    }

    private static String lines(JsonNode rows) {
        StringBuilder text = new StringBuilder("[");
        for (JsonNode row : rows) {
            text.append(text.length() == 1 ? "\n{" : ",\n{");
            String comma = "";
            for (Map.Entry<String, JsonNode> key : row.properties()) {
                text.append(comma)
                        .append("\n  \"")
                        .append(key.getKey())
                        .append("\": ")
                        .append(key.getValue());
                comma = ",";
            }
            text.append("\n}");
        }
        return text.append("\n]\n").toString();
    }

    /** A container that was given two GPUs: the driver's others are not on its bus. */
    @Test
    void gpusAreThoseOfTheBus() throws Exception {
        Path sys = folder.resolve("sys");
        for (String address : List.of("0000:10:00.0", "0000:20:00.0")) {
            Path gpu = Files.createDirectories(sys.resolve("bus/pci/devices").resolve(address));
            Files.writeString(gpu.resolve("class"), "0x030200\n");
            Files.writeString(gpu.resolve("vendor"), "0x10de\n");
        }
        JsonNode frame = snapshot("h100x8", "--include", "gpu", "--path.sysfs", sys.toString());
        assertThat(frame.get("errors")).isEmpty();
        assertThat(frame.get("gpus").valueStream().map(row -> row.get("uuid").asString()))
                .containsExactly(gpu(0), gpu(1));
    }

    @Test
    void processesHaveTheirGpus() throws Exception {
        Map<String, JsonNode> uses = uses(snapshot("h100x8", "--include", "gpu,process"));
        assertThat(uses).containsOnlyKeys(gpu(0), gpu(1), gpu(2), gpu(7));
        assertThat(uses.get(gpu(0)).toString())
                .as("in two lists, with the same memory")
                .isEqualTo("{\"uuid\":\"" + gpu(0)
                        + "\",\"memory_used_bytes\":838860800,\"gtt_used_bytes\":null,\"utilization_percent\":85,"
                        + "\"kind\":\"compute+graphics\"}");
        assertThat(uses.get(gpu(1)).get("memory_used_bytes").asLong())
                .as("by MPS")
                .isEqualTo(256L << 20);
        assertThat(uses.get(gpu(1)).get("utilization_percent").asInt()).isEqualTo(12);
        assertThat(uses.get(gpu(2)).get("memory_used_bytes").asLong())
                .as("in two instances")
                .isEqualTo((9L << 30) + (7L << 20));
        assertThat(uses.get(gpu(7)).get("memory_used_bytes").isNull())
                .as("not told")
                .isTrue();
    }

    private static String gpu(int index) {
        return "GPU-10000000-0000-0000-0000-00000000000" + index;
    }

    /** What this process uses, by GPU. */
    private static Map<String, JsonNode> uses(JsonNode frame) {
        Map<String, JsonNode> uses = new HashMap<>();
        for (JsonNode process : frame.get("processes")) {
            if (process.get("pid").asLong() == ProcessHandle.current().pid()) {
                process.get("gpus").forEach(use -> uses.put(use.get("uuid").asString(), use));
            }
        }
        return uses;
    }

    @Test
    void anOldDriverTellsOfProcesses() throws Exception {
        Map<String, JsonNode> uses = uses(snapshot("old", "--include", "gpu,process"));
        assertThat(uses).hasSize(1);
        JsonNode use = uses.values().iterator().next();
        assertThat(use.get("memory_used_bytes").asLong()).isEqualTo(400L << 20);
        assertThat(use.get("utilization_percent").asInt()).isEqualTo(31);
    }

    /** Of its sections only the one that waits for the driver is missing. */
    @Test
    void aDriverThatHangsEndsTheSnapshotInTime() throws Exception {
        long start = System.nanoTime();
        JsonNode frame = snapshot("hang", "--timeout", "1s", "--include", "gpu,cpu,memory,chassis,process");
        assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
        List<JsonNode> timeouts = new ArrayList<>();
        frame.get("errors").forEach(error -> {
            if (error.get("kind").asString().equals("timeout")) {
                timeouts.add(error);
            }
        });
        assertThat(timeouts).hasSize(1);
        assertThat(timeouts.getFirst().get("reader").asString()).isEqualTo("nvidia");
        for (String section : List.of("cpus", "memory", "chassis", "processes")) {
            assertThat(frame.get(section)).as(section).isNotEmpty();
        }
        assertThat(uses(frame)).as("other calls are answered").containsOnlyKeys(gpu(1));
    }

    @Test
    void noChildIsStarted() throws Exception {
        assumeTrue(Peers.has("strace"), "strace is not installed");
        assumeTrue(Program.run(Map.of(), "strace", "true").status() == 0, "strace may not trace");
        List<String> started = trace("execve,execveat,fork,vfork,clone,clone3");
        assertThat(started)
                .as("the launcher and the JVM that takes its place")
                .filteredOn(line -> line.contains("execve"))
                .hasSize(2);
        assertThat(started)
                .filteredOn(line -> line.matches("\\d+ +(clone3?|v?fork)\\(.*"))
                .isNotEmpty()
                .allMatch(line -> line.contains("CLONE_THREAD"));
    }

    /** JNA lies in its jar, and its library beside that, where nobody looks who has no GPU. */
    @Test
    void withoutADriverNothingOfJnaIsRead() throws Exception {
        Path log = folder.resolve("classes");
        Outcome outcome =
                Program.run(Map.of("SMI_JAVA_OPTS", "-Xlog:class+load,library:file=" + log), SMI, "snapshot", "--json");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(Files.readString(log))
                .contains("io.smi.core.nvidia.NvidiaReader")
                .doesNotContain("com.sun.jna.");
    }

    private static List<String> trace(String calls) throws Exception {
        Path trace = folder.resolve("trace");
        Outcome outcome = Program.run(
                driver.machine("h100x8"),
                "strace",
                "-f",
                "-e",
                "trace=" + calls,
                "-e",
                "signal=none",
                "-o",
                trace.toString(),
                SMI,
                "snapshot",
                "--json",
                "--include",
                "gpu,process");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(JSON.readTree(outcome.out()).get("gpus")).hasSize(8);
        return Files.readAllLines(trace);
    }
}
