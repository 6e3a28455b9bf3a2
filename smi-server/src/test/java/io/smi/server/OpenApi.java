package io.smi.server;

import io.smi.schema.JsonSchema;
import io.smi.server.routes.DocumentRoute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API description as the tests look at it. */
record OpenApi(ObjectNode document) {
    static final JsonMapper JSON = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** A query parameter of a path. */
    record Parameter(String name, JsonNode schema, boolean explode, JsonNode example) {}

    static OpenApi read() {
        return new OpenApi((ObjectNode) JSON.readTree(text()));
    }

    static String text() {
        return new String(DocumentRoute.resource("openapi.json"), StandardCharsets.UTF_8);
    }

    Set<String> paths() {
        return new TreeSet<>(document.get("paths").propertyNames());
    }

    JsonNode get(String path) {
        return document.get("paths").get(path).get("get");
    }

    boolean isOpen(String path) {
        JsonNode security = get(path).get("security");
        return security != null && security.isEmpty();
    }

    List<Parameter> queryParameters(String path) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : get(path).path("parameters")) {
            if (parameter.get("in").asString().equals("query")) {
                parameters.add(new Parameter(
                        parameter.get("name").asString(),
                        parameter.get("schema"),
                        parameter.path("explode").asBoolean(false),
                        parameter.get("example")));
            }
        }
        return parameters;
    }

    /** The answer to a status: its own, or the default; references are followed. */
    JsonNode response(String path, int status) {
        JsonNode responses = get(path).get("responses");
        JsonNode response = responses.has(String.valueOf(status))
                ? responses.get(String.valueOf(status))
                : responses.get("default");
        return response.has("$ref") ? find(response.get("$ref").asString()) : response;
    }

    /** What a reference points to; missing when nothing does. */
    JsonNode find(String reference) {
        return document.at(reference.substring(1));
    }

    static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    /** The document with the frame's schema as it is published, in the form that is checked in. */
    String generated() {
        ObjectNode copy = document.deepCopy();
        ObjectNode schemas = (ObjectNode) copy.get("components").get("schemas");
        for (Map.Entry<String, JsonNode> schema : frameSchemas().properties()) {
            schemas.set(schema.getKey(), schema.getValue());
        }
        return JSON.writeValueAsString(copy) + "\n";
    }

    /**
     * The frame's definitions as components, and the frame itself as another. OpenAPI's tools accept keywords of others
     * only behind {@code x-}.
     */
    private static ObjectNode frameSchemas() {
        String text = JsonSchema.text()
                .replace("\"#/$defs/", "\"#/components/schemas/")
                .replace("\"unit\": \"", "\"x-unit\": \"");
        ObjectNode frame = (ObjectNode) JSON.readTree(text);
        frame.remove(List.of("$schema", "$id"));
        ObjectNode definitions = (ObjectNode) frame.remove("$defs");
        ObjectNode schemas = JSON.createObjectNode();
        schemas.set("Snapshot", frame);
        return schemas.setAll(definitions);
    }
}
