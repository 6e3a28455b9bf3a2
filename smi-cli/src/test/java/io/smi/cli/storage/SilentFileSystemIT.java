package io.smi.cli.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.packaging.Program;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program on a machine with a mount whose server is dead. */
@Timeout(120)
public class SilentFileSystemIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "100ms"})
    void isOneTimeoutOfASnapshotWhichThenEnds(String window) throws Exception {
        try (SilentFileSystem silent = SilentFileSystem.mount(folder, "deaf")) {
            Process smi = snapshot(window);
            assertThat(smi.waitFor()).isZero();
            assertIsWhole(silent);
        }
    }

    /** Who asked a server that took the question is not let go by the kernel until it is answered, not even to end. */
    @Test
    void theFrameIsThereThoughTheKernelKeepsTheProcess() throws Exception {
        Process smi;
        try (SilentFileSystem silent = SilentFileSystem.mount(folder)) {
            smi = snapshot("0");
            Path out = folder.resolve("frame.json");
            while (smi.isAlive() && !Files.readString(out).endsWith("\n")) {
                Thread.sleep(50);
            }
            assertIsWhole(silent);
        }
        assertThat(smi.waitFor()).isZero();
    }

    private Process snapshot(String window) throws IOException {
        return new ProcessBuilder(
                        Program.HOME.resolve("bin/smi").toString(),
                        "snapshot",
                        "--json",
                        "--include",
                        "memory,storage,network",
                        "--window",
                        window)
                .redirectOutput(folder.resolve("frame.json").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertIsWhole(SilentFileSystem silent) throws Exception {
        SnapshotFrame frame = FrameDecoder.decode(Files.readAllBytes(folder.resolve("frame.json")));
        assertThat(frame.errors()).containsExactly(error(silent, ErrorKind.TIMEOUT, "no answer by the deadline"));
        assertRowsAreWhole(frame, silent);
    }

    /** What a frame says of it. */
    public static FrameError error(SilentFileSystem silent, ErrorKind kind, String what) {
        return new FrameError(Section.STORAGE, "mounts", kind, silent.point() + ": " + what);
    }

    /** Of the one mount the space is not known; the rest is as ever. */
    public static void assertRowsAreWhole(SnapshotFrame frame, SilentFileSystem silent) {
        List<Storage> rows = Objects.requireNonNull(frame.storage());
        assertThat(rows)
                .filteredOn(row -> row.mountPoint().equals("/"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.totalBytes()).isPositive();
                    assertThat(row.availableBytes()).isNotNull();
                });
        assertThat(rows)
                .filteredOn(row -> row.mountPoint().equals(silent.point().toString()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.fsType()).isEqualTo("fuse.silent");
                    assertThat(row.totalBytes()).isNull();
                    assertThat(row.inodesTotal()).isNull();
                });
        assertThat(frame.memory()).hasSize(1);
    }
}
