package io.smi.core.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.chassis.DmiReader.Dmi;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DmiReaderTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @Test
    void givesWhatTheFirmwareSays() throws IOException {
        DmiReader reader = new DmiReader(dmi().roots());
        assertThat(reader.read(problems)).isEqualTo(new Dmi("PowerEdge R750", "Dell Inc.", "7XK9ZZ3", "1.12.1"));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void readsOnce() throws IOException {
        FileTree tree = dmi();
        DmiReader reader = new DmiReader(tree.roots());
        Dmi first = reader.read(problems);
        tree.file("sys/class/dmi/id/product_name", "another\n");
        assertThat(reader.read(problems)).isSameAs(first);
    }

    @Test
    void aFieldThatCannotBeReadIsToldInEveryFrame() throws IOException {
        FileTree tree = dmi();
        tree.delete("sys/class/dmi/id/product_serial");
        tree.folder("sys/class/dmi/id/product_serial");
        DmiReader reader = new DmiReader(tree.roots());
        reader.read(new Problems());
        Dmi second = reader.read(problems);
        assertThat(second).isEqualTo(new Dmi("PowerEdge R750", "Dell Inc.", null, "1.12.1"));
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .singleElement()
                .asString()
                .endsWith("product_serial: is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"To Be Filled By O.E.M.", "default string", "None", "0123456789", "  ", "\0"})
    void whatAVendorDidNotFillInIsNull(String text) {
        assertThat(DmiReader.filledIn(text)).isNull();
    }

    @Test
    void boardsWithoutDmiHaveADeviceTree() throws IOException {
        Roots roots = new FileTree(folder)
                .file("sys/firmware/devicetree/base/model", "Raspberry Pi 5 Model B Rev 1.0\0")
                .file("sys/firmware/devicetree/base/serial-number", "10000000a1b2c3d4\0")
                .roots();
        assertThat(new DmiReader(roots).read(problems))
                .isEqualTo(new Dmi("Raspberry Pi 5 Model B Rev 1.0", null, "10000000a1b2c3d4", null));
    }

    @Test
    void aMachineWithNeitherSaysNothing() throws IOException {
        assertThat(new DmiReader(new FileTree(folder).roots()).read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    private FileTree dmi() {
        return new FileTree(folder)
                .file("sys/class/dmi/id/product_name", "PowerEdge R750\n")
                .file("sys/class/dmi/id/sys_vendor", "Dell Inc.\n")
                .file("sys/class/dmi/id/product_serial", "7XK9ZZ3\n")
                .file("sys/class/dmi/id/bios_version", "1.12.1\n");
    }
}
