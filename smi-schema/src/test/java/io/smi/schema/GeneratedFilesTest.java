package io.smi.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is published about the frame says what the records say. */
class GeneratedFilesTest {
    @Test
    void theJsonSchemaIsThatOfTheRecords() throws IOException {
        Golden.check("src/main/resources/io/smi/schema/snapshot.schema.json", SchemaGenerator.generate());
    }

    @Test
    void theDocumentationIsThatOfTheRecords() throws IOException {
        try (InputStream introduction = getClass().getResourceAsStream("schema-intro.md")) {
            String text = new String(Objects.requireNonNull(introduction).readAllBytes(), StandardCharsets.UTF_8);
            Golden.check("../docs/schema.md", SchemaDocs.generate(text));
        }
    }
}
