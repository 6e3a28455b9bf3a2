package io.smi.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncodedFrameTest {
    private static SnapshotFrame small() {
        return SnapshotFrameBuilder.builder()
                .seq(42)
                .timestamp(Instant.parse("2026-11-22T20:30:55.0429Z"))
                .intervalMs(100L)
                .hostname("node \"7\"")
                .storage(List.of())
                .cpus(List.of(CpuBuilder.builder()
                        .packageId(0)
                        .model("Some CPU")
                        .utilizationPercent(12.345)
                        .temperatureCelsius(50.0)
                        .logical(List.of(new LogicalCpu(3, null, CoreType.STANDARD, 0.0, 800)))
                        .build()))
                .errors(List.of(
                        new FrameError(Section.CPU, "rapl", ErrorKind.DENIED, "energy_uj"),
                        new FrameError(Section.STORAGE, "mounts", ErrorKind.TIMEOUT, "late")))
                .build();
    }

    @Test
    void isOneLineOfJsonInTheOrderOfTheDesign() {
        assertThat(text(EncodedFrame.of(small()).bytes()))
                .isEqualTo("{\"schema\":1,\"seq\":42,\"timestamp\":\"2026-11-22T20:30:55.042Z\",\"interval_ms\":100,"
                        + "\"hostname\":\"node \\\"7\\\"\","
                        + "\"cpus\":[{\"package\":0,\"model\":\"Some CPU\",\"vendor\":null,\"architecture\":null,"
                        + "\"cores\":null,\"threads\":null,\"clock_mhz\":null,\"clock_max_mhz\":null,"
                        + "\"cache_bytes\":null,\"utilization_percent\":12.35,\"modes_percent\":null,"
                        + "\"temperature_celsius\":50,\"power_watts\":null,\"energy_joules_total\":null,"
                        + "\"throttle_total\":null,"
                        + "\"logical\":[{\"id\":3,\"core\":null,\"type\":\"standard\",\"utilization_percent\":0,"
                        + "\"clock_mhz\":800}]}],"
                        + "\"storage\":[],"
                        + "\"errors\":[{\"section\":\"cpu\",\"reader\":\"rapl\",\"kind\":\"denied\","
                        + "\"message\":\"energy_uj\"},{\"section\":\"storage\",\"reader\":\"mounts\","
                        + "\"kind\":\"timeout\",\"message\":\"late\"}]}");
    }

    @Test
    void everyKeyComesInTheOrderOfItsComponent() {
        JsonNode json = JsonMapper.shared()
                .readTree(EncodedFrame.of(SampleFrames.full()).bytes());
        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "seq",
                        "timestamp",
                        "interval_ms",
                        "hostname",
                        "gpus",
                        "cpus",
                        "memory",
                        "chassis",
                        "processes",
                        "storage",
                        "network",
                        "errors");
        FrameKey.of(SnapshotFrame.class).forEach(key -> sameOrder(key, json.get(key.name())));
    }

    private static void sameOrder(FrameKey key, JsonNode value) {
        Class<?> record = key.nested();
        if (record == null) {
            return;
        }
        for (JsonNode object : key.isList() ? value : List.of(value)) {
            List<FrameKey> keys = FrameKey.of(record);
            assertThat(object.propertyNames())
                    .as(record.getSimpleName())
                    .containsExactlyElementsOf(keys.stream().map(FrameKey::name).toList());
            keys.forEach(inner -> sameOrder(inner, object.get(inner.name())));
        }
    }

    @Test
    void anySubsetOfSectionsIsTheFrameOfThoseSectionsAlone() {
        SnapshotFrame full = SnapshotFrameBuilder.builder(SampleFrames.full())
                .errors(errorsOfAllSections())
                .build();
        EncodedFrame encoded = EncodedFrame.of(full);
        for (Set<Section> include : subsets()) {
            assertThat(text(encoded.bytes(include)))
                    .as(include.toString())
                    .isEqualTo(text(EncodedFrame.of(full.only(include)).bytes()));
        }
    }

    @Test
    void sectionsThatTheFrameLacksAreLeftOut() {
        EncodedFrame encoded = EncodedFrame.of(small());
        assertThat(encoded.bytes(EnumSet.allOf(Section.class))).isSameAs(encoded.bytes());
        assertThat(text(encoded.bytes(EnumSet.of(Section.GPU, Section.STORAGE))))
                .isEqualTo(text(EncodedFrame.of(small().only(EnumSet.of(Section.STORAGE)))
                        .bytes()));
    }

    @Test
    void aFilteredFrameCarriesNoErrorOfAnotherSectionEvenIfItLacksThatSection() {
        SnapshotFrame frame = small().only(EnumSet.of(Section.CPU));
        SnapshotFrame withForeignError =
                SnapshotFrameBuilder.builder(frame).errors(small().errors()).build();
        assertThat(text(EncodedFrame.of(withForeignError).bytes(EnumSet.of(Section.CPU))))
                .isEqualTo(text(EncodedFrame.of(frame).bytes()));
    }

    @Test
    void anySubsetOfGpusIsTheFrameOfThoseGpusAlone() {
        List<Gpu> gpus = new ArrayList<>();
        for (String uuid : List.of("GPU-a", "GPU-b", "GPU-c")) {
            gpus.add(GpuBuilder.builder().uuid(uuid).pciBusId("0000:01:00.0").build());
        }
        gpus.add(GpuBuilder.builder().pciBusId("0000:3b:00.0").build());
        gpus.add(GpuBuilder.builder().build());
        SnapshotFrame frame =
                SnapshotFrameBuilder.builder(SampleFrames.full()).gpus(gpus).build();
        EncodedFrame encoded = EncodedFrame.of(frame);
        for (Set<String> devices : List.of(
                Set.<String>of(),
                Set.of("GPU-a"),
                Set.of("GPU-c", "GPU-b"),
                Set.of("0000:3b:00.0", "GPU-a"),
                Set.of("0000:01:00.0"))) {
            SnapshotFrame expected = SnapshotFrameBuilder.builder(frame)
                    .gpus(gpus.stream()
                            .filter(gpu -> gpu.identity() != null && devices.contains(gpu.identity()))
                            .toList())
                    .build();
            assertThat(text(encoded.bytes(EnumSet.allOf(Section.class), devices)))
                    .as(devices.toString())
                    .isEqualTo(text(EncodedFrame.of(expected).bytes()));
        }
        assertThat(text(encoded.bytes(EnumSet.of(Section.MEMORY), Set.of("GPU-a"))))
                .as("no GPUs asked for")
                .isEqualTo(text(
                        EncodedFrame.of(frame.only(EnumSet.of(Section.MEMORY))).bytes()));
    }

    @Test
    void knowsItsNumber() {
        assertThat(EncodedFrame.of(small()).seq()).isEqualTo(42);
    }

    @Test
    void prettyIsTheSameFrame() throws FrameFormatException {
        for (SnapshotFrame frame : List.of(SampleFrames.full(), SampleFrames.empty(), SampleFrames.nulls(), small())) {
            assertThat(FrameDecoder.decode(
                            EncodedFrame.pretty(EncodedFrame.of(frame).bytes())))
                    .isEqualTo(FrameDecoder.decode(EncodedFrame.of(frame).bytes()));
        }
    }

    @Test
    void prettyIsIndentedByTwo() {
        SnapshotFrame frame = SnapshotFrameBuilder.builder(small().only(EnumSet.of(Section.STORAGE)))
                .hostname("a{\"[,:\\")
                .build();
        assertThat(text(EncodedFrame.pretty(EncodedFrame.of(frame).bytes()))).isEqualTo("""
                        {
                          "schema": 1,
                          "seq": 42,
                          "timestamp": "2026-11-22T20:30:55.042Z",
                          "interval_ms": 100,
                          "hostname": "a{\\"[,:\\\\",
                          "storage": [],
                          "errors": [
                            {
                              "section": "storage",
                              "reader": "mounts",
                              "kind": "timeout",
                              "message": "late"
                            }
                          ]
                        }""");
    }

    /** What no JSON reader would get back exactly, and what a counter that ran over would pretend. */
    @Test
    void countsOutsideOfTheExactRangeAreNull() {
        Memory memory = MemoryBuilder.builder()
                .totalBytes(SnapshotFrame.MAX_INTEGER)
                .usedBytes(SnapshotFrame.MAX_INTEGER + 1)
                .freeBytes(-1L)
                .availableBytes(Long.MIN_VALUE)
                .build();
        SnapshotFrame frame =
                SnapshotFrameBuilder.builder(small()).memory(List.of(memory)).build();
        assertThat(text(EncodedFrame.of(frame).bytes()))
                .contains("\"total_bytes\":9007199254740991,\"used_bytes\":null,\"available_bytes\":null,"
                        + "\"free_bytes\":null");
    }

    /** Two a section, not side by side, so that commas are put to the test. */
    private static List<FrameError> errorsOfAllSections() {
        List<FrameError> errors = new ArrayList<>();
        for (String reader : List.of("one", "two")) {
            for (Section section : Section.values()) {
                errors.add(new FrameError(section, reader, ErrorKind.FAILED, "{\"],["));
            }
        }
        return errors;
    }

    private static Set<Set<Section>> subsets() {
        Set<Set<Section>> subsets = new HashSet<>(Set.of(Set.of()));
        for (Section section : Section.values()) {
            for (Set<Section> subset : List.copyOf(subsets)) {
                Set<Section> larger = new HashSet<>(subset);
                larger.add(section);
                subsets.add(larger);
            }
        }
        assertThat(subsets).hasSize(128);
        return subsets;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
