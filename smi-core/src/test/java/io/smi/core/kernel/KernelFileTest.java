package io.smi.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFileTest {
    @TempDir
    private Path folder;

    private final CountingOpener opener = new CountingOpener();

    @Test
    void staysOpenAndReadsWhatIsThereNow() throws IOException {
        KernelFile file = file("stat", "one two three\n");
        assertThat(file.read().all()).isEqualTo("one two three\n");
        write("stat", "four\n");
        assertThat(file.read().all()).isEqualTo("four\n");
        assertThat(opener.opened).isEqualTo(1);
    }

    @Test
    void readsTextsLargerThanAnyFirstBuffer() throws IOException {
        for (int length : new int[] {0, 1, 255, 256, 257, 1024, 1_000_000}) {
            String text = "x".repeat(length);
            assertThat(file("file" + length, text).read().all()).isEqualTo(text);
        }
    }

    @Test
    void readsOnWhereTheKernelGivesLessThanAskedFor() throws IOException {
        opener.atMost = 3;
        assertThat(file("stat", "one two three\n").read().all()).isEqualTo("one two three\n");
    }

    @Test
    void aFileWithoutEndIsRefused() {
        opener.endless = true;
        assertThatThrownBy(() -> file("endless", "x").read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("endless: larger than");
    }

    @Test
    void whatDoesNotExistOrIsAFolderIsToldApart() throws IOException {
        KernelFile missing = files().file("missing");
        assertThatThrownBy(missing::read)
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder + "/missing: no such file");
        Files.createDirectory(folder.resolve("folder"));
        KernelFile directory = files().file("folder");
        assertThatThrownBy(directory::read)
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessage(folder + "/folder: is a directory");
    }

    @Test
    void whatCannotBeReachedIsNotMissing() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        KernelFile loop = files().file("loop/energy_uj");
        assertThatThrownBy(loop::read)
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(folder + "/loop/energy_uj: Too many levels of symbolic links");
    }

    /** Root may search every folder. */
    @Test
    void whatIsInAFolderThatMayNotBeSearchedIsDenied() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        KernelFile file = file("locked/energy_uj", "1\n");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rw-------"));
        try {
            assumeThat(Files.isExecutable(locked)).isFalse();
            assertThatThrownBy(file::read)
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessage(folder + "/locked/energy_uj: permission denied");
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void isOpenedAnewAfterItFailed() throws IOException {
        KernelFile file = file("stat", "one\n");
        file.read();
        opener.failing = true;
        assertThatThrownBy(file::read).hasMessage(folder + "/stat: Input/output error");
        opener.failing = false;
        assertThat(file.read().all()).isEqualTo("one\n");
        assertThat(opener.opened).isEqualTo(2);
        assertThat(opener.closed).isEqualTo(1);
    }

    @Test
    void closesWhatItOpened() throws IOException {
        KernelFile file = file("stat", "one\n");
        file.close();
        file.read();
        file.close();
        file.close();
        assertThat(opener.opened).isEqualTo(1);
        assertThat(opener.closed).isEqualTo(1);
    }

    private KernelFile file(String name, String text) throws IOException {
        write(name, text);
        return files().file(name);
    }

    private KernelFiles files() {
        return new KernelFiles(folder.toFile(), opener);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Real files, with troubles on request. */
    private static final class CountingOpener implements FileOpener {
        private int opened;
        private int closed;
        private int atMost = Integer.MAX_VALUE;
        private boolean failing;
        private boolean endless;

        @Override
        public Handle open(File file) throws IOException {
            Handle real = REAL.open(file);
            opened++;
            return new Handle() {
                @Override
                public void rewind() throws IOException {
                    real.rewind();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (failing) {
                        throw new IOException("Input/output error");
                    }
                    return endless ? length : real.read(buffer, offset, Math.min(length, atMost));
                }

                @Override
                public void close() throws IOException {
                    closed++;
                    real.close();
                }
            };
        }
    }
}
