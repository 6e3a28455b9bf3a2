package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFileTest {
    @TempDir
    Path folder;

    @Test
    void aNewFileIsNobodyElsesToWriteAndNotForAllToRead() throws Exception {
        try (LockedFile file = LockedFile.create(folder.resolve("a"))) {
            assertThat(file).isNotNull();
            assertThat(Files.getPosixFilePermissions(folder.resolve("a")))
                    .contains(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                    .isSubsetOf(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.GROUP_READ);
        }
    }

    @Test
    void whatIsThereIsNotMadeAnew() throws Exception {
        Files.writeString(folder.resolve("file"), "kept");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        Files.createDirectory(folder.resolve("folder"));
        for (String name : new String[] {"file", "link", "dangling", "folder"}) {
            assertThat(LockedFile.create(folder.resolve(name))).as(name).isNull();
        }
        assertThat(folder.resolve("file")).hasContent("kept");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void linksAndWhatIsNoFileAreRefused() throws Exception {
        Files.writeString(folder.resolve("file"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
        assertThatThrownBy(() -> LockedFile.existing(link))
                .isInstanceOf(RecordingException.class)
                .hasMessage(link + ": is a symbolic link, which is not followed");
        assertThatThrownBy(() -> LockedFile.existing(folder))
                .isInstanceOf(RecordingException.class)
                .hasMessage(folder + ": is not a regular file");
    }

    @Test
    void oneFileHasOneWriter() throws Exception {
        Path path = folder.resolve("a");
        try (LockedFile first = LockedFile.create(path)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> LockedFile.existing(path))
                    .isInstanceOf(RecordingException.class)
                    .hasMessage(path + ": is being written by another process");
        }
        LockedFile.existing(path).close();
    }

    @Test
    void whatIsMissingIsNamed() {
        Path inNone = folder.resolve("none/a");
        assertThatThrownBy(() -> LockedFile.create(inNone))
                .isInstanceOf(RecordingException.class)
                .hasMessage(inNone + ": no such directory: " + folder.resolve("none"));
        assertThatThrownBy(() -> LockedFile.existing(folder.resolve("a")))
                .isInstanceOf(RecordingException.class)
                .hasMessage(folder.resolve("a") + ": no such file");
    }
}
