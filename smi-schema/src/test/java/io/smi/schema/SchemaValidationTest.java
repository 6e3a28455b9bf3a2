package io.smi.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames against the published schema, judged by an independent validator. */
class SchemaValidationTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(JsonSchema.text());

    private static List<Error> errors(String json) {
        return SCHEMA.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String json(SnapshotFrame frame) {
        return new String(EncodedFrame.of(frame).bytes(), UTF_8);
    }

    @Test
    void theSchemaIsItselfValid() {
        Schema metaschema = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(metaschema.validate(JsonSchema.text(), InputFormat.JSON)).isEmpty();
        assertThat(metaschema.validate("{\"type\": \"decimal\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aFrameWithEveryKeySetIsValid(int variant) {
        assertThat(errors(json(SampleFrames.full(variant)))).isEmpty();
    }

    @Test
    void aFrameWithNullWhereverItMayBeIsValid() {
        assertThat(errors(json(SampleFrames.nulls()))).isEmpty();
    }

    @Test
    void aFrameOfEmptySectionsIsValid() {
        assertThat(errors(json(SampleFrames.empty()))).isEmpty();
    }

    @Test
    void aFrameWithoutSectionsIsValid() {
        byte[] bytes = EncodedFrame.of(SampleFrames.full()).bytes(EnumSet.noneOf(Section.class));
        assertThat(errors(new String(bytes, UTF_8))).isEmpty();
    }

    @Test
    void keysOfALaterVersionAreValid() {
        assertThat(errors(changed("\"hostname\":\"h\"", "\"hostname\":\"h\",\"rack\":{\"unit\":7}")))
                .isEmpty();
    }

    /** One mistake each in a frame that is valid without it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"schema\":1,| ``| required",
                "\"schema\":1,| \"schema\":2,| const",
                "\"seq\":1,| \"seq\":0,| minimum",
                "\"seq\":1,| \"seq\":9007199254740992,| maximum",
                "\"seq\":1,| \"seq\":1.5,| type",
                "\"interval_ms\":null,| ``| required",
                "\"hostname\":\"h\"| \"hostname\":null| type",
                "1970-01-01T00:00:00.000Z| 1970-01-01T00:00:00Z| pattern",
                "1970-01-01T00:00:00.000Z| 1970-02-30T00:00:00.000Z| format",
                ",\"errors\":[]| ``| required",
                "\"gpus\":[| \"gpus\":[null,| type",
                "\"gpus\":[| \"gpus\":[{},| required",
                "\"uuid\":null,| ``| required",
                "\"uuid\":null,| \"uuid\":7,| type",
                "\"state\":null,| \"state\":\"tired\",| enum",
                "\"engines\":null,| \"engines\":{\"copy\":101},| maximum",
                "\"fan_percent\":null| \"fan_percent\":101| maximum",
                "\"fan_percent\":null| \"fan_percent\":-1| minimum",
                "\"cpu_percent\":null| \"cpu_percent\":-1| minimum",
                "\"memory_total_bytes\":null| \"memory_total_bytes\":-1| minimum",
                "\"memory_total_bytes\":null| \"memory_total_bytes\":\"12\"| type",
                "\"pcie\":null,| \"pcie\":{\"generation\":4},| required",
                "\"detail\":null| \"detail\":{\"a\":1}| type",
                "\"throttle_reasons\":null| \"throttle_reasons\":[1]| type",
            })
    void aMistakeIsFound(String valid, String mistaken, String keyword) {
        assertThat(errors(changed(valid, mistaken.strip())))
                .extracting(Error::getKeyword)
                .contains(keyword.strip());
    }

    @Test
    void morePercentThanOneCoreIsValid() {
        assertThat(errors(changed("\"cpu_percent\":null", "\"cpu_percent\":1599.75")))
                .isEmpty();
    }

    private static String changed(String part, String other) {
        String valid = json(SampleFrames.nulls());
        assertThat(valid).contains(part);
        int at = valid.indexOf(part);
        return valid.substring(0, at) + other + valid.substring(at + part.length());
    }
}
