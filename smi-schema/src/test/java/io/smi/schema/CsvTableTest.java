package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CsvTableTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aRowIsAnElementOfTheArrayThatIsNamed() {
        SnapshotFrame frame = frame(gpu("a", 1.5), gpu("b", null));
        CsvTable table = CsvTable.of("hostname, gpus.uuid,gpus.power_watts");
        assertThat(table.header()).isEqualTo("hostname,gpus.uuid,gpus.power_watts\r\n");
        assertThat(table.rows(frame)).isEqualTo("h,a,1.5\r\nh,b,\r\n");
        assertThat(table.rows(frame())).isEmpty();
        assertThat(table.sections()).containsExactly(Section.GPU);
    }

    @Test
    void aRowIsTheFrameWhereNoArrayIsNamed() {
        CsvTable table = CsvTable.of("seq,timestamp,interval_ms");
        assertThat(table.rows(frame())).isEqualTo("1,1970-01-01T00:00:00.000Z,\r\n");
        assertThat(table.sections()).isEmpty();
    }

    @Test
    void anArrayInAnArrayRepeatsWhatIsAroundIt() {
        SnapshotFrame frame = SampleFrames.full();
        List<String> rows =
                CsvTable.of("cpus.package,cpus.logical.id").rows(frame).lines().toList();
        List<String> expected = new ArrayList<>();
        for (JsonNode cpu : json(frame).get("cpus")) {
            for (JsonNode logical : cpu.get("logical")) {
                expected.add(cpu.get("package") + "," + logical.get("id"));
            }
        }
        assertThat(rows).isEqualTo(expected).hasSize(4);
    }

    /** Numbers and words as in JSON, whatever the key: every value of every section, against the frame's own JSON. */
    @ParameterizedTest
    @EnumSource
    void spellsValuesAsTheFrameDoes(Section section) {
        for (SnapshotFrame frame : List.of(SampleFrames.full(), SampleFrames.nulls())) {
            CsvTable table = CsvTable.of(section);
            List<String> paths = Arrays.asList(table.header().strip().split(",", -1));
            List<String> expected = new ArrayList<>();
            for (JsonNode row : json(frame).get(section.key())) {
                for (String path : paths) {
                    JsonNode at = path.contains(".") ? row : json(frame);
                    String inside = path.substring(path.indexOf('.') + 1).replace('.', '/');
                    expected.add(text(at.at("/" + inside)));
                }
            }
            assertThat(paths).contains("timestamp", "hostname").hasSizeGreaterThan(10);
            assertThat(table.rows(frame).split("[,\r]\n?", -1)).startsWith(expected.toArray(String[]::new));
        }
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return String.join(
                    ";", value.valueStream().map(JsonNode::stringValue).toList());
        }
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, plain",
                "`a,b`, `\"a,b\"`",
                "`say \"hi\"`, `\"say \"\"hi\"\"\"`",
                "`two\nlines`, `\"two\nlines\"`",
                "``, `\"\"`",
                "=1+1, '=1+1",
                "`=1,2`, `\"'=1,2\"`",
                "+1, '+1",
                "-1, '-1",
                "@SUM, '@SUM",
                "`\tx`, `'\tx`",
                "`\rx`, `\"'\rx\"`",
                "a=b, a=b"
            })
    void textsAreQuotedAndAreNoFormulas(String text, String field) {
        assertThat(CsvTable.of("gpus.name")
                        .rows(frame(GpuBuilder.builder().name(text).build())))
                .isEqualTo(field + "\r\n");
    }

    @Test
    void aNegativeNumberIsNoFormula() {
        Gpu cold = GpuBuilder.builder().temperatureCelsius(-5.0).build();
        assertThat(CsvTable.of("gpus.temperature_celsius").rows(frame(cold))).isEqualTo("-5\r\n");
    }

    @Test
    void aCounterPastItsRangeIsEmptyAsInJson() {
        Gpu gpu = GpuBuilder.builder()
                .memoryTotalBytes(-1L)
                .memoryUsedBytes(1L << 53)
                .build();
        assertThat(CsvTable.of("gpus.memory_total_bytes,gpus.memory_used_bytes").rows(frame(gpu)))
                .isEqualTo(",\r\n");
    }

    @Test
    void aMapIsAskedForByItsKeys() {
        Gpu gpu = GpuBuilder.builder()
                .engines(Map.of("encoder", 12.5))
                .detail(Map.of("a.b", "c"))
                .build();
        assertThat(CsvTable.of("gpus.engines.encoder,gpus.engines.none,gpus.detail.a.b")
                        .rows(frame(gpu)))
                .isEqualTo("12.5,,c\r\n");
    }

    @Test
    void listsOfWordsAreOneText() {
        Gpu gpu = GpuBuilder.builder().throttleReasons(List.of("a", "b")).build();
        assertThat(CsvTable.of("gpus.throttle_reasons").rows(frame(gpu))).isEqualTo("a;b\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpu.uuid | unknown 'gpu' in 'gpu.uuid', known are seq, timestamp, interval_ms, hostname, gpus, cpus,"
                        + " memory, chassis, processes, storage, network, errors",
                "gpus.pcie.x | unknown 'x' in 'gpus.pcie.x', known are generation, width, generation_max, width_max,"
                        + " rx_bytes_per_second, tx_bytes_per_second, replay_total",
                "gpus.ecc | 'gpus.ecc' is no value, but has mode, volatile, aggregate, remapped_rows, retired_pages",
                "hostname.x | unknown 'hostname.x': 'hostname' is a value and has no keys",
                "gpus.engines | 'gpus.engines' is no value, but has keys that differ by device: such as"
                        + " gpus.engines.NAME",
                "gpus.engines. | 'gpus.engines.' is no value, but has keys that differ by device: such as"
                        + " gpus.engines..NAME",
                "gpus.uuid,cpus.model | 'cpus.model' and 'gpus.uuid' are of different arrays, and a row is an element"
                        + " of one",
                "gpus.links.index,gpus.partitions.uuid | 'gpus.partitions.uuid' and 'gpus.links.index' are of different"
                        + " arrays, and a row is an element of one",
            })
    void saysWhatIsWrong(String line) {
        String[] parts = line.split(" \\| ", 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvTable.of(parts[0]))
                .withMessage(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "gpus.", ".", "gpus..uuid"})
    void saysSoOfWhatIsNoPath(String paths) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvTable.of(paths))
                .withMessageStartingWith("unknown ''");
    }

    private static Gpu gpu(String uuid, @Nullable Double watts) {
        return GpuBuilder.builder().uuid(uuid).powerWatts(watts).build();
    }

    private static SnapshotFrame frame(Gpu... gpus) {
        return SnapshotFrameBuilder.builder(SampleFrames.nulls())
                .gpus(List.of(gpus))
                .build();
    }

    private static JsonNode json(SnapshotFrame frame) {
        return JSON.readTree(EncodedFrame.of(frame).bytes());
    }
}
