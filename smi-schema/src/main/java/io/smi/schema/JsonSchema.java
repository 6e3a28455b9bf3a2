package io.smi.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The published JSON Schema (2020-12) of the frame. */
public final class JsonSchema {
    private JsonSchema() {}

    /** The schema file, ending with a line end. */
    public static String text() {
        try (InputStream file = JsonSchema.class.getResourceAsStream("snapshot.schema.json")) {
            return new String(Objects.requireNonNull(file, "in this jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
