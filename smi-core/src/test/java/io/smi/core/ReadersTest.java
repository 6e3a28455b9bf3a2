package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.kernel.FileTree;
import io.smi.core.process.CmdlineMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
    @TempDir
    private Path temp;

    /** udev makes a node of vfio before the module is loaded; Linux of a PC can have an empty device tree. */
    @Test
    void whatEveryMachineMayHaveIsNoDevice() {
        FileTree tree = new FileTree(temp).file("root/dev/vfio/vfio", "").folder("sys/firmware/devicetree/base");
        assertThat(present(tree)).doesNotContain("tpu", "tegra", "rockchip");
        tree.file("root/dev/vfio/0", "").file("sys/firmware/devicetree/base/compatible", "rockchip,rk3588\0");
        assertThat(present(tree)).contains("tpu", "tegra", "rockchip");
    }

    @Test
    void aDriverOfOneOfItsKindsIsEnough() {
        FileTree tree = new FileTree(temp).folder("sys/bus/pci/drivers/i915");
        assertThat(present(tree)).contains("intel-gpu").doesNotContain("amdgpu", "intel-npu", "habana");
        assertThat(present(new FileTree(temp.resolve("other")).folder("sys/bus/pci/drivers/xe")))
                .contains("intel-gpu");
    }

    private static List<String> present(FileTree tree) {
        return Readers.linux(tree.roots(), CmdlineMode.NONE).sources().stream()
                .filter(Source::present)
                .map(Source::name)
                .toList();
    }
}
