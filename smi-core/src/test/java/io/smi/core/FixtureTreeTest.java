package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureTreeTest {
    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void anEmptyFolder() {
        folder = temp.resolve("tree");
    }

    @Test
    void unpacksFilesFoldersAndLinks() throws IOException {
        unpack("""
                # a comment
                == proc/loadavg
                0.52 0.58 0.59 1/467 12345
                == proc/empty
                == sys/class/hwmon/
                == sys/bus/pci/devices/0000:3b:00.0 -> ../../../devices/pci0000:3a/0000:3b:00.0
                == sys/devices/pci0000:3a/0000:3b:00.0/class
                0x030200
                """);
        assertThat(folder.resolve("proc/loadavg")).hasContent("0.52 0.58 0.59 1/467 12345\n");
        assertThat(folder.resolve("proc/empty")).isEmptyFile();
        assertThat(folder.resolve("sys/class/hwmon")).isEmptyDirectory();
        assertThat(folder.resolve("sys/bus/pci/devices/0000:3b:00.0")).isSymbolicLink();
        assertThat(folder.resolve("sys/bus/pci/devices/0000:3b:00.0/class")).hasContent("0x030200\n");
        assertThat(folder.resolve("root")).isEmptyDirectory();
    }

    @Test
    void everyByteCanBeWritten() throws IOException {
        StringBuilder text = new StringBuilder("== proc/bytes\n");
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
            text.append(i == 0 ? "\\0" : i == '\\' ? "\\\\" : "\\x%02x".formatted(i));
        }
        unpack(text + "\\\n");
        assertThat(folder.resolve("proc/bytes")).hasBinaryContent(bytes);
    }

    @Test
    void aBackslashAtTheEndMeansNoLineEnd() throws IOException {
        unpack("== proc/1/cmdline\n/sbin/init\\0\\\n== proc/1/comm\n\\x3d= systemd\n");
        assertThat(folder.resolve("proc/1/cmdline"))
                .hasBinaryContent("/sbin/init\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(folder.resolve("proc/1/comm")).hasContent("== systemd\n");
    }

    @Test
    void aSecondArchiveIsWrittenInPlace() throws IOException {
        FixtureTree tree = unpack("== proc/uptime\n100.00 50.00\n== proc/version\nLinux\n");
        Object inode = Files.getAttribute(folder.resolve("proc/uptime"), "unix:ino");
        tree.apply(archive("== proc/uptime\n9.0 5.0\n== proc/7/comm\nsh\n"));
        assertThat(folder.resolve("proc/uptime")).hasContent("9.0 5.0\n");
        assertThat(Files.getAttribute(folder.resolve("proc/uptime"), "unix:ino"))
                .isEqualTo(inode);
        assertThat(folder.resolve("proc/version")).hasContent("Linux\n");
        assertThat(folder.resolve("proc/7/comm")).hasContent("sh\n");
    }

    @Test
    void nothingOutsideIsWrittenOrPointedTo() {
        assertThatThrownBy(() -> unpack("== ../stray\nx\n")).hasMessageContaining("outside of the tree");
        assertThatThrownBy(() -> unpack("== /etc/stray\nx\n")).hasMessageContaining("outside of the tree");
        assertThatThrownBy(() -> unpack("== proc/self -> /proc/self\n")).hasMessageContaining("outside of the tree");
        assertThatThrownBy(() -> unpack("== proc/self -> ../../proc/self\n"))
                .hasMessageContaining("outside of the tree");
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        assertThatThrownBy(() -> unpack("proc/loadavg\n")).hasMessageContaining("has no entry");
        assertThatThrownBy(() -> unpack("== proc/x\n\\q\n")).hasMessageContaining("unknown escape \\q");
    }

    private FixtureTree unpack(String text) throws IOException {
        return FixtureTree.unpack(archive(text), folder);
    }

    private Path archive(String text) throws IOException {
        return Files.writeString(temp.resolve("archive.txt"), text);
    }
}
