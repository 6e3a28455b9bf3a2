package io.smi.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.FileTree;
import io.smi.schema.EccCounts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdacReaderTest {
    private static final String CONTROLLERS = "sys/devices/system/edac/mc/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private EdacReader reader;

    @BeforeEach
    void noController() {
        tree = new FileTree(folder).folder(CONTROLLERS + "power");
        reader = new EdacReader(tree.roots());
    }

    @Test
    void withoutADriverThereIsNoController() throws IOException {
        assertThat(reader.read(problems)).isNull();
    }

    @Test
    void controllersAddUp() throws IOException {
        controller("mc0", "41\n", "0\n");
        controller("mc1", "3\n", "1\n");
        assertThat(reader.read(problems)).isEqualTo(new EccCounts(44L, 1L));
        controller("mc1", "4\n", "1\n");
        assertThat(reader.read(problems)).isEqualTo(new EccCounts(45L, 1L));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aSumOfWhichAPartIsUnknownIsUnknown() throws IOException {
        controller("mc0", "41\n", "0\n");
        controller("mc1", "many\n", "0\n");
        assertThat(reader.read(problems)).isEqualTo(new EccCounts(null, 0L));
        assertThat(problems.list()).hasSize(1);
    }

    private void controller(String name, String corrected, String uncorrected) {
        tree.file(CONTROLLERS + name + "/ce_count", corrected).file(CONTROLLERS + name + "/ue_count", uncorrected);
    }
}
