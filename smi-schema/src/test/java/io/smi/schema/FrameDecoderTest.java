package io.smi.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class FrameDecoderTest {
    private static final String EMPTY = "{\"schema\":1,\"seq\":7,\"timestamp\":\"2026-11-22T20:30:55.042Z\","
            + "\"interval_ms\":null,\"hostname\":\"h\",\"errors\":[]}";

    private static SnapshotFrame decode(String json) throws FrameFormatException {
        return FrameDecoder.decode(json.getBytes(UTF_8));
    }

    /** No value is there twice, so two keys that the writer mixes up do not come back the same. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void everyKeyComesBackAsItWas(int variant) throws FrameFormatException {
        SnapshotFrame frame = SampleFrames.full(variant);
        assertThat(FrameDecoder.decode(EncodedFrame.of(frame).bytes())).isEqualTo(frame);
    }

    @Test
    void nullsAndEmptyListsComeBackAsTheyWere() throws FrameFormatException {
        for (SnapshotFrame frame : List.of(SampleFrames.nulls(), SampleFrames.empty(), decode(EMPTY))) {
            assertThat(FrameDecoder.decode(EncodedFrame.of(frame).bytes())).isEqualTo(frame);
        }
    }

    @Test
    void readsPartOfAnArray() throws FrameFormatException {
        byte[] line = ("xx" + EMPTY + "\nxx").getBytes(UTF_8);
        assertThat(FrameDecoder.decode(line, 2, line.length - 4)).isEqualTo(decode(EMPTY));
    }

    @Test
    void whiteSpaceAndTheOrderOfKeysDoNotMatter() throws FrameFormatException {
        assertThat(decode("""

                         { "errors" : [ ],\t"hostname":"h","timestamp":"2026-11-22T20:30:55.042Z",\r
                        "seq":7 , "schema":1}

                        """)).isEqualTo(decode(EMPTY));
    }

    @Test
    void keysOfALaterVersionAreSkippedOnEveryLevel() throws FrameFormatException {
        SnapshotFrame frame = SampleFrames.full();
        JsonNode json = json(frame);
        addLaterKeys(json);
        assertThat(FrameDecoder.decode(JsonMapper.shared().writeValueAsBytes(json)))
                .isEqualTo(frame);
    }

    /** Among them {@code schema}, which means the version in the frame alone. Maps have no keys to be known. */
    private static void addLaterKeys(JsonNode json) {
        json.forEach(FrameDecoderTest::addLaterKeys);
        boolean map =
                json.properties().stream().anyMatch(entry -> entry.getKey().startsWith("text "));
        if (json instanceof ObjectNode object && !map) {
            object.putObject("later")
                    .putArray("deep")
                    .add(1)
                    .addNull()
                    .addObject()
                    .put("schema", 9);
            object.putNull("nothing");
            if (!object.has("hostname")) {
                object.put("schema", "other");
            }
        }
    }

    @Test
    void missingKeysAreNull() throws FrameFormatException {
        SnapshotFrame frame = decode(EMPTY.replace("\"interval_ms\":null,", "\"memory\":[{\"free_bytes\":5}],"));
        assertThat(frame.intervalMs()).isNull();
        assertThat(frame.gpus()).isNull();
        assertThat(frame.memory())
                .containsExactly(MemoryBuilder.builder().freeBytes(5L).build());
    }

    @Test
    void wordsOfALaterVersionAreNull() throws FrameFormatException {
        String json = text(SampleFrames.full())
                .replaceAll("\"state\":\"(ok|asleep|degraded|lost)\"", "\"state\":\"dreaming\"")
                .replaceAll("\"type\":\"(performance|efficiency|standard)\"", "\"type\":\"tiny\"");
        SnapshotFrame frame = decode(json);
        assertThat(frame.gpus()).hasSize(2).extracting(Gpu::state).containsOnlyNulls();
        assertThat(frame.cpus())
                .hasSize(2)
                .allSatisfy(cpu -> assertThat(cpu.logical())
                        .hasSize(2)
                        .extracting(LogicalCpu::type)
                        .containsOnlyNulls());
    }

    @Test
    void anErrorOfALaterKindIsAFailureAndOneOfALaterSectionIsLeftOut() throws FrameFormatException {
        assertThat(decode(
                                EMPTY.replace(
                                        "\"errors\":[]",
                                        "\"errors\":[{\"section\":\"gpu\",\"reader\":\"r\",\"kind\":\"tired\",\"message\":\"m\"},"
                                                + "{\"section\":\"weather\",\"reader\":\"r\",\"kind\":\"failed\",\"message\":\"m\"}]"))
                        .errors())
                .containsExactly(new FrameError(Section.GPU, "r", ErrorKind.FAILED, "m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``| expected START_OBJECT",
                "null| expected START_OBJECT",
                "[]| expected START_OBJECT",
                "smi| Unrecognized token",
                "{}| seq is missing or null",
                "{\"seq\":7,\"timestamp\":\"2026-11-22T20:30:55Z\",\"hostname\":\"h\",\"errors\":[]}| schema is missing",
                "{\"schema\":2}| schema must be 1 at /schema, byte 11",
                "{\"schema\":null}| schema must be 1",
                "{\"schema\":\"1\"}| schema must be 1",
                "{\"schema\":1.0}| schema must be 1",
                "{\"schema\":[1]}| schema must be 1",
            })
    void refusesWhatIsNoFrame(String json, String message) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(FrameFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"seq\":7| \"seq\":0| seq must be 1",
                "\"seq\":7| \"seq\":9007199254740992| seq must be 1",
                "\"seq\":7| \"seq\":7.5| expected VALUE_NUMBER_INT, found VALUE_NUMBER_FLOAT at /seq",
                "\"seq\":7| \"seq\":92233720368547758070| out of range",
                "\"seq\":7,| ``| seq is missing or null",
                "\"hostname\":\"h\"| \"hostname\":null| hostname is missing or null",
                "2026-11-22T20:30:55.042Z| yesterday| at /timestamp",
                "2026-11-22T20:30:55.042Z| +10000-01-01T00:00:00Z| years 0 to 9999",
                "\"errors\":[]| \"errors\":[{\"section\":\"gpu\"}]| reader is missing or null at /errors/0",
                "\"errors\":[]| \"errors\":[null]| expected START_OBJECT",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"fan_percent\":101}]| must be 0 to 100, not 101.0 at /gpus/0",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"fan_percent\":1e999}]| not Infinity",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"fan_percent\":NaN}]| NaN",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"index\":2147483648}]| out of range",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"index\":1.5}]| expected VALUE_NUMBER_INT",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"engines\":{\"copy\":null}}]| at /gpus/0/engines/copy",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"detail\":{\"a\":null}}]| at /gpus/0/detail/a",
                "\"errors\":[]| \"errors\":[],\"gpus\":[{\"throttle_reasons\":[null]}]| at /gpus/0/throttle_reasons/0",
                "\"errors\":[]}| \"errors\":[]}{}| more than one JSON value",
                "\"errors\":[]}| \"errors\":[]} x| Unrecognized token",
            })
    void refusesAFrameWithAMistakeAndSaysWhere(String valid, String mistaken, String message) {
        assertThat(EMPTY).contains(valid.strip());
        assertThatThrownBy(() -> decode(EMPTY.replace(valid.strip(), mistaken.strip())))
                .isInstanceOf(FrameFormatException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void aFrameCutOffAtAnyByteIsRefused() {
        byte[] whole = EncodedFrame.of(SampleFrames.full()).bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> FrameDecoder.decode(part))
                    .as("the first %d bytes", length)
                    .isInstanceOf(FrameFormatException.class);
        }
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWhereverItIs() {
        JsonNode frame = json(SampleFrames.full());
        for (String other : List.of("true", "\"word\"", "7", "{\"key\":1}", "[7]")) {
            refusesInEveryPlace(frame, frame, JsonMapper.shared().readTree(other));
        }
    }

    private static void refusesInEveryPlace(JsonNode frame, JsonNode at, JsonNode other) {
        if (at instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode right = object.get(name);
                object.set(name, other);
                refusesUnlessAlike(frame, right, other, name);
                object.set(name, right);
                refusesInEveryPlace(frame, right, other);
            }
        } else if (at instanceof ArrayNode array) {
            JsonNode right = array.get(0);
            array.set(0, other);
            refusesUnlessAlike(frame, right, other, "element");
            array.set(0, right);
            refusesInEveryPlace(frame, right, other);
        }
    }

    private static void refusesUnlessAlike(JsonNode frame, JsonNode right, JsonNode other, String place) {
        if (right.getNodeType() != other.getNodeType()) {
            assertThatThrownBy(() -> FrameDecoder.decode(JsonMapper.shared().writeValueAsBytes(frame)))
                    .as("%s with %s", place, other)
                    .isInstanceOf(FrameFormatException.class);
        }
    }

    /** Damage of any kind is found, or makes another frame; it never makes anything but a FrameFormatException. */
    @Test
    void damagedBytesNeverMakeAnotherException() {
        byte[] whole = EncodedFrame.of(SampleFrames.full()).bytes();
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + round % 3; i++) {
                damaged[random.nextInt(round % 2 == 0 ? 8 : damaged.length)] = (byte) random.nextInt();
            }
            try {
                FrameDecoder.decode(damaged);
            } catch (FrameFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void textOfAnyKindComesBackAndStaysOnOneLine() throws FrameFormatException {
        StringBuilder all = new StringBuilder();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += codePoint < 0x3000 ? 1 : 97) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                all.appendCodePoint(codePoint);
            }
        }
        SnapshotFrame frame = SnapshotFrameBuilder.builder(decode(EMPTY))
                .hostname(all.toString())
                .build();
        byte[] bytes = EncodedFrame.of(frame).bytes();
        assertThat(bytes).doesNotContain('\n').doesNotContain('\r');
        assertThat(FrameDecoder.decode(bytes)).isEqualTo(frame);
        assertThat(FrameDecoder.decode(
                        EncodedFrame.pretty(EncodedFrame.of(frame).bytes())))
                .isEqualTo(frame);
    }

    @Test
    void aLaterValueOfAnyDepthIsSkippedOrRefused() throws FrameFormatException {
        String shallow = "[".repeat(400) + "]".repeat(400);
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(decode(EMPTY.replace("\"errors\"", "\"later\":" + shallow + ",\"errors\"")))
                .isEqualTo(decode(EMPTY));
        assertThatThrownBy(() -> decode(EMPTY.replace("\"errors\"", "\"later\":" + deep + ",\"errors\"")))
                .isInstanceOf(FrameFormatException.class);
    }

    private static JsonNode json(SnapshotFrame frame) {
        return JsonMapper.shared().readTree(EncodedFrame.of(frame).bytes());
    }

    private static String text(SnapshotFrame frame) {
        return new String(EncodedFrame.of(frame).bytes(), UTF_8);
    }
}
