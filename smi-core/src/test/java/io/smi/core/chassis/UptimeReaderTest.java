package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.KernelFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UptimeReaderTest {
    @Test
    void isInSeconds(@TempDir Path folder) throws IOException {
        FileTree tree = new FileTree(folder).file("proc/uptime", "1036810.57 8114502.33\n");
        assertThat(new UptimeReader(tree.roots()).read(new Problems())).isEqualTo(1036810.57);
    }

    @Test
    void failsWithoutItsFile(@TempDir Path folder) {
        UptimeReader reader = new UptimeReader(new FileTree(folder).roots());
        assertThatThrownBy(() -> reader.read(new Problems())).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage\n", "1036810.5", "-5.00 1.00\n"})
    void anythingElseFails(String text) {
        assertThatThrownBy(() -> UptimeReader.parse(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }
}
