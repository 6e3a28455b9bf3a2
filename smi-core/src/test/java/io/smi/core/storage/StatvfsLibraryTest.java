package io.smi.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatvfsLibraryTest {
    @Test
    void saysWhatTheJdkSays(@TempDir File folder) throws IOException {
        Space space = StatvfsLibrary.load().space(folder.getPath());
        assertThat(space.totalBytes()).isEqualTo(folder.getTotalSpace());
        assertThat(space.usedBytes()).isBetween(1L, folder.getTotalSpace());
        assertThat(space.availableBytes()).isBetween(0L, folder.getTotalSpace());
        if (space.inodes() != null) {
            assertThat(space.inodesFree()).isBetween(0L, space.inodes());
        }
    }

    @Test
    void aPathThatIsNotAsciiIsAsked(@TempDir Path folder) throws IOException {
        Path path = Files.createDirectory(folder.resolve("grün 空"));
        assertThat(StatvfsLibrary.load().space(path.toString()).totalBytes()).isPositive();
    }

    @Test
    void aFileSystemWithoutAFixedNumberOfInodesHasNone() throws IOException {
        Space space = StatvfsLibrary.load().space("/proc");
        assertThat(space).isEqualTo(new Space(0L, 0L, 0L, null, null));
    }

    @Test
    void whatCannotBeToldIsSaid(@TempDir Path folder) throws IOException {
        FileSystems library = StatvfsLibrary.load();
        assertThatThrownBy(() -> library.space(folder + "/none"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder + "/none: no such file");
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> library.space(folder + "/file/in"))
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessageContaining("Not a directory");
    }
}
