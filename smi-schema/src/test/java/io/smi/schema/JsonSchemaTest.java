package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema against the records and against what the encoder really writes. */
class JsonSchemaTest {
    private final JsonNode schema = JsonMapper.shared().readTree(JsonSchema.text());

    @Test
    void describesEveryRecordAndNoOther() {
        List<String> records = FrameKey.records().stream()
                .filter(record -> record != SnapshotFrame.class)
                .map(Class::getSimpleName)
                .toList();
        assertThat(schema.get("$defs").propertyNames()).containsExactlyElementsOf(records);
    }

    @Test
    void describesEveryComponentOfEveryRecordAndNoOther() {
        for (Class<?> record : FrameKey.records()) {
            List<String> components = new ArrayList<>();
            if (record == SnapshotFrame.class) {
                components.add("schema");
            }
            FrameKey.of(record).forEach(key -> components.add(key.name()));
            JsonNode object = record == SnapshotFrame.class ? schema : schema.at("/$defs/" + record.getSimpleName());
            assertThat(object.path("properties").propertyNames())
                    .as(record.getSimpleName())
                    .containsExactlyElementsOf(components);
        }
    }

    /** Walks the schema with a full frame in hand, so that it holds without the records being asked. */
    @Test
    void describesEveryKeyThatIsWrittenInItsOrderAndNoOther() {
        sameKeys(
                JsonMapper.shared()
                        .readTree(EncodedFrame.of(SampleFrames.full()).bytes()),
                schema,
                "");
    }

    private void sameKeys(JsonNode written, JsonNode described, String path) {
        if (written.isArray()) {
            written.forEach(element -> sameKeys(element, resolve(described.get("items")), path + "[]"));
        } else if (written.isObject() && described.has("properties")) {
            assertThat(written.propertyNames())
                    .as(path)
                    .containsExactlyElementsOf(described.get("properties").propertyNames());
            for (Map.Entry<String, JsonNode> entry : written.properties()) {
                JsonNode property = described.get("properties").get(entry.getKey());
                sameKeys(entry.getValue(), resolve(property), path + "." + entry.getKey());
            }
        } else if (written.isObject()) {
            assertThat(described.has("additionalProperties")).as(path).isTrue();
        }
    }

    private JsonNode resolve(JsonNode described) {
        JsonNode target = described.has("anyOf") ? described.get("anyOf").get(0) : described;
        return target.has("$ref") ? schema.at(target.get("$ref").stringValue().substring(1)) : target;
    }

    @Test
    void saysOfEveryKeyWhatItIsAndInWhichUnit() {
        List<JsonNode> keys = new ArrayList<>();
        schema.get("properties").forEach(keys::add);
        schema.get("$defs").forEach(definition -> definition.get("properties").forEach(keys::add));
        assertThat(keys).hasSizeGreaterThan(200).allSatisfy(key -> {
            assertThat(key.path("description").stringValue(""))
                    .endsWithIgnoringCase(".")
                    .hasSizeGreaterThan(4);
            assertThat(key.path("unit").stringValue("")).isNotBlank();
        });
    }

    @Test
    void aCounterAlwaysHasAUnit() {
        for (Class<?> record : FrameKey.records()) {
            assertThat(FrameKey.of(record))
                    .filteredOn(key -> key.name().endsWith("total"))
                    .allSatisfy(key -> assertThat(key.unit()).isNotEqualTo(FrameKey.NO_UNIT));
        }
    }

    @Test
    void requiresEveryKeyButTheSections() {
        assertThat(schema.get("required").values())
                .extracting(JsonNode::stringValue)
                .containsExactly("schema", "seq", "timestamp", "interval_ms", "hostname", "errors");
        assertThat(schema.get("$defs"))
                .allSatisfy(definition -> assertThat(definition.get("required").values())
                        .extracting(JsonNode::stringValue)
                        .containsExactlyElementsOf(definition.get("properties").propertyNames()));
    }
}
