package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.smi.schema.EncodedFrame;
import io.smi.schema.JsonSchema;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fixture machine gives the frame beside it. A new folder is a new test; {@code mvn test -Dgolden.update} writes
 * the expected frames anew, to be reviewed like code.
 */
class MachineGoldenTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonSchema.text());

    static List<Machine> machines() throws IOException {
        return Machine.all();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void readsTheMachine(Machine machine, @TempDir Path folder) throws IOException {
        FixtureTree tree = machine.unpack(folder);
        SnapshotFrame frame = Machine.frame(tree.roots(), () -> machine.later(tree));
        String json = json(frame, folder);

        Path expected = machine.home().resolve("expected.json");
        if ("true".equals(System.getProperty("golden.update"))) {
            Files.writeString(expected, json);
        }
        assertThat(expected).as("run with -Dgolden.update to make it").exists();
        assertThat(json).isEqualTo(Files.readString(expected));
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(frame.hostname()).isEqualTo(tree.text("proc/sys/kernel/hostname"));
    }

    @Test
    void anEmptyTreeGivesNothing(@TempDir Path folder) throws IOException {
        Path archive = Files.writeString(folder.resolve("empty.txt"), "== proc/\n");
        FixtureTree tree = FixtureTree.unpack(archive, folder.resolve("tree"));
        SnapshotFrame frame = Machine.frame(tree.roots(), () -> {});
        assertThat(FrameValues.of(frame)).isEmpty();
        assertThat(frame.hostname()).isEqualTo("localhost");
    }

    /** With the paths in messages as they would be on the machine itself. */
    private static String json(SnapshotFrame frame, Path folder) {
        return new String(EncodedFrame.pretty(EncodedFrame.of(frame).bytes()), StandardCharsets.UTF_8)
                        .replace(folder.toString(), "")
                + "\n";
    }
}
