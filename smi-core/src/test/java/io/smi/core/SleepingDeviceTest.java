package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.MemoryFiles.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laptop's NVIDIA card sleeps, and so does the bridge above it: what would wake them is not opened. */
class SleepingDeviceTest {
    private static final String BRIDGE = "sys/devices/pci0000:00/0000:00:01.0/";
    private static final String CARD = BRIDGE + "0000:01:00.0/";

    /** The kernel answers these from what it remembers. */
    private static final List<String> HARMLESS = List.of(
            "class", "vendor", "device", "subsystem_vendor", "subsystem_device", "revision", "numa_node", "boot_vga");

    @TempDir
    private Path temp;

    private MemoryFiles files;

    @BeforeEach
    void laptop() throws IOException {
        Path folder = temp.toRealPath().resolve("tree");
        Machine.named("alderlake-laptop").unpack(folder);
        Map<Path, byte[]> tree = MemoryFiles.read(folder);
        files = new MemoryFiles(folder, tree, tree);
    }

    @Test
    void isNotWokenUp() throws IOException {
        Machine.frame(files.roots(), () -> {});
        assertThat(openedOfSleepers()).isEmpty();
    }

    /** All but a missing file: a kernel that prints none puts no device to sleep. */
    @Test
    void isNotWokenUpWhereNobodyCanTellWhetherItSleeps() throws IOException {
        for (Mutation mutation : EnumSet.complementOf(EnumSet.of(Mutation.MISSING))) {
            files.breakFile(file(CARD + "power/runtime_status"), mutation);
            Machine.frame(files.roots(), () -> {});
            files.mend();
            assertThat(openedOfSleepers()).as(mutation.toString()).isEmpty();
        }
    }

    private Content file(String name) {
        return files.files().stream()
                .filter(file -> files.name(file).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> openedOfSleepers() {
        return files.files().stream()
                .filter(Content::wasOpened)
                .map(files::name)
                .filter(name -> name.startsWith(BRIDGE) && !name.contains("/power/"))
                .filter(name -> !HARMLESS.contains(name.substring(name.lastIndexOf('/') + 1)))
                .toList();
    }
}
