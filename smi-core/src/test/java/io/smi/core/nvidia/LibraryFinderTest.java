package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.kernel.FileTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryFinderTest {
    @TempDir
    private Path folder;

    private FileTree tree;

    @BeforeEach
    void aRoot() {
        tree = new FileTree(folder).folder("root/usr/lib");
    }

    @Test
    void thereMayBeNone() {
        assertThat(new LibraryFinder(tree.roots().root(), null).find()).isNull();
        assertThat(new LibraryFinder(tree.roots().root(), "").find()).isNull();
        assertThat(new LibraryFinder(tree.roots().root(), folder + "::/nonexistent").find())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/x86_64-linux-gnu",
                "usr/lib/aarch64-linux-gnu",
                "usr/lib64",
                "usr/lib/wsl/lib",
                "usr/local/nvidia/lib64",
                "run/opengl-driver/lib",
                "usr/lib/aarch64-linux-gnu/nvidia"
            })
    void liesInAUsualFolder(String usual) {
        tree.file("root/" + usual + "/libnvidia-ml.so.1", "");
        assertThat(new LibraryFinder(tree.roots().root(), null).find())
                .isEqualTo(folder.resolve("root")
                        .resolve(usual)
                        .resolve("libnvidia-ml.so.1")
                        .toFile());
    }

    @Test
    void theLibraryPathGoesFirst() {
        tree.file("root/usr/lib64/libnvidia-ml.so.1", "").file("mine/libnvidia-ml.so.1", "");
        String path = "/nonexistent:" + folder.resolve("mine");
        assertThat(new LibraryFinder(tree.roots().root(), path).find())
                .isEqualTo(folder.resolve("mine/libnvidia-ml.so.1").toFile());
    }
}
