package io.smi.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.KernelFormatException;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import io.smi.schema.Pcie;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PciGpuReaderTest {
    private static final String PORT = "sys/devices/pci0000:40/0000:40:01.1/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private PciGpuReader reader;

    @BeforeEach
    void aGpuBehindASlowerPort() {
        tree = new FileTree(folder)
                .file(PORT + "max_link_speed", "16.0 GT/s PCIe\n")
                .file(PORT + "max_link_width", "16\n");
        device("0000:41:00.0", "0x030200", "0x10de");
        gpu("current_link_speed", "2.5 GT/s PCIe\n");
        gpu("current_link_width", "8\n");
        gpu("max_link_speed", "32.0 GT/s PCIe\n");
        gpu("max_link_width", "16\n");
        gpu("power/runtime_status", "active\n");
        gpu("numa_node", "1\n");
        reader = new PciGpuReader(tree.roots());
    }

    @Test
    void saysWhatTheBusKnows() throws IOException {
        tree.folder("sys/devices/system/node/node0")
                .folder("sys/devices/system/node/node8")
                .file("sys/module/nvidia/version", "570.124.06\n")
                .folder("sys/bus/pci/drivers/nvidia")
                .link(PORT + "0000:41:00.0/driver", "sys/bus/pci/drivers/nvidia");
        Gpu gpu = onlyGpu();
        assertThat(gpu.index()).isZero();
        assertThat(gpu.pciBusId()).isEqualTo("0000:41:00.0");
        assertThat(gpu.vendor()).isEqualTo("NVIDIA");
        assertThat(gpu.deviceType()).isEqualTo(DeviceType.GPU);
        assertThat(gpu.numaNode()).isEqualTo(1);
        assertThat(gpu.driverVersion()).isEqualTo("570.124.06");
        assertThat(gpu.state()).isNull();
        assertThat(gpu.pcie()).isEqualTo(new Pcie(1, 8, 4, 16, null, null, null));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void oneNodeIsNoPlace() throws IOException {
        tree.folder("sys/devices/system/node/node0");
        assertThat(onlyGpu().numaNode()).isNull();
    }

    @Test
    void aNodeThatTheFirmwareDoesNotTellIsNull() throws IOException {
        tree.folder("sys/devices/system/node/node0").folder("sys/devices/system/node/node1");
        gpu("numa_node", "-1\n");
        assertThat(onlyGpu().numaNode()).isNull();
    }

    @Test
    void theLinkOfASleepingDeviceIsNotTouched() throws IOException {
        gpu("power/runtime_status", "suspended\n");
        gpu("current_link_speed", "a read would wake it up");
        gpu("max_link_speed", "a read would wake it up");
        Gpu asleep = onlyGpu();
        assertThat(asleep.state()).isEqualTo(GpuState.ASLEEP);
        assertThat(asleep.pcie()).isNull();
        assertThat(problems.list()).isEmpty();
        gpu("power/runtime_status", "active\n");
        gpu("current_link_speed", "16.0 GT/s PCIe\n");
        gpu("max_link_speed", "16.0 GT/s PCIe\n");
        assertThat(onlyGpu().pcie()).isEqualTo(new Pcie(4, 8, 4, 16, null, null, null));
    }

    @Test
    void aLinkIsNotTouchedEitherWhereNobodyKnowsWhetherTheDeviceSleeps() throws IOException {
        gpu("power/runtime_status", "susp");
        assertThat(onlyGpu().pcie()).isNull();
        assertThat(onlyGpu().state()).isNull();
    }

    @Test
    void aKernelThatPutsNothingToSleepHasAllAwake() throws IOException {
        tree.delete(PORT + "0000:41:00.0/power/runtime_status");
        assertThat(onlyGpu().pcie()).isEqualTo(new Pcie(1, 8, 4, 16, null, null, null));
    }

    @Test
    void aDeviceOfTheRootHasNoPortThatLimitsIt() throws IOException {
        tree.file(PORT + "class", "0x120000\n")
                .file(PORT + "vendor", "0x8086\n")
                .file(PORT + "current_link_speed", "16.0 GT/s PCIe\n")
                .file(PORT + "power/runtime_status", "active\n")
                .link("sys/bus/pci/devices/0000:40:01.1", PORT);
        assertThat(reader.read(problems))
                .extracting(Gpu::pcie)
                .containsExactly(new Pcie(4, null, 4, 16, null, null, null), new Pcie(1, 8, 4, 16, null, null, null));
    }

    @Test
    void aLinkThatIsDownHasNoLanes() throws IOException {
        gpu("current_link_speed", "Unknown\n");
        gpu("current_link_width", "63\n");
        assertThat(onlyGpu().pcie()).isEqualTo(new Pcie(null, null, 4, 16, null, null, null));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void garbageIsNullAndToldEveryTime() throws IOException {
        gpu("max_link_speed", "fast\n");
        onlyGpu();
        Problems second = new Problems();
        List<Gpu> gpus = reader.read(second);
        assertThat(gpus)
                .singleElement()
                .satisfies(gpu -> assertThat(gpu.pcie()).isEqualTo(new Pcie(1, 8, null, 16, null, null, null)));
        assertThat(second.list()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0x030000, 0x8086, Intel, GPU",
        "0x038000, 0x1002, AMD, GPU",
        "0x120000, 0x1002, AMD, GPU",
        "0x120000, 0x8086, Intel, NPU",
        "0x120000, 0x1da3, Habana, NPU",
        "0x120000, 0x1e52, Tenstorrent, NPU",
        "0x120000, 0x1ae0, Google, TPU",
    })
    void acceleratorsAreKnownByClassAndVendor(String kind, String vendor, String name, DeviceType type)
            throws IOException {
        device("0000:01:00.0", kind, vendor);
        List<Gpu> gpus = reader.read(problems);
        assertThat(gpus).extracting(Gpu::pciBusId).containsExactly("0000:01:00.0", "0000:41:00.0");
        assertThat(gpus).extracting(Gpu::index).containsExactly(0, 1);
        assertThat(gpus.get(0).vendor()).isEqualTo(name);
        assertThat(gpus.get(0).deviceType()).isEqualTo(type);
        assertThat(gpus.get(0).pcie()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0x030000, 0x1a03", // ASPEED
        "0x030000, 0x102b", // Matrox
        "0x030000, 0x1234", // QEMU
        "0x038000, 0x1af4", // virtio
        "0x030000, 0x15ad", // VMware
        "0x120000, 0x10ee", // Xilinx
        "0x040300, 0x10de", // the sound of a graphics card
        "0x060400, 0x10de", // a bridge
        "garbage, 0x10de",
        "'', 0x10de",
        "0x030000, ''",
    })
    void otherDevicesAreNone(@Nullable String kind, String vendor) throws IOException {
        device("0000:01:00.0", kind, vendor);
        assertThat(onlyGpu().pciBusId()).isEqualTo("0000:41:00.0");
    }

    @Test
    void virtualFunctionsArePartsOfAnotherDevice() throws IOException {
        device("0000:41:00.4", "0x030200", "0x10de");
        tree.link(PORT + "0000:41:00.4/physfn", PORT + "0000:41:00.0");
        assertThat(onlyGpu().pciBusId()).isEqualTo("0000:41:00.0");
    }

    /** On a card with a switch: root port, the switch's port upwards, one downwards, the GPU. */
    @Test
    void theLinkOfIntelsCardsIsThatOfTheirSwitch() throws IOException {
        String up = PORT + "0000:42:00.0/";
        String gpu = up + "0000:43:01.0/0000:44:00.0/";
        link(up, "16.0 GT/s PCIe\n", "8\n");
        link(gpu, "2.5 GT/s PCIe\n", "1\n");
        tree.file(gpu + "class", "0x030000\n")
                .file(gpu + "vendor", "0x8086\n")
                .link("sys/bus/pci/devices/0000:44:00.0", gpu);
        assertThat(reader.read(problems).getLast().pcie()).isEqualTo(new Pcie(4, 8, 4, 8, null, null, null));
        tree.delete(up + "current_link_speed");
        reader = new PciGpuReader(tree.roots());
        assertThat(reader.read(problems).getLast().pcie()).isNull();
    }

    @Test
    void theGpuOfAProcessorOfIntelHasNoSwitch() throws IOException {
        String gpu = "sys/devices/pci0000:00/0000:00:02.0/";
        link(gpu, "5.0 GT/s PCIe\n", "4\n");
        tree.file(gpu + "class", "0x030000\n")
                .file(gpu + "vendor", "0x8086\n")
                .link("sys/bus/pci/devices/0000:00:02.0", gpu);
        assertThat(reader.read(problems).getFirst().pcie()).isEqualTo(new Pcie(2, 4, 2, 4, null, null, null));
    }

    private void link(String device, String speed, String lanes) {
        tree.file(device + "current_link_speed", speed)
                .file(device + "current_link_width", lanes)
                .file(device + "max_link_speed", speed)
                .file(device + "max_link_width", lanes);
    }

    @ParameterizedTest
    @CsvSource({
        "2.5 GT/s PCIe, 1",
        "5.0 GT/s PCIe, 2",
        "5 GT/s, 2",
        "8 GT/s, 3",
        "64.0 GT/s PCIe, 6",
        "Unknown speed,",
    })
    void generationsAreKnownBySpeed(String speed, @Nullable Integer generation) throws KernelFormatException {
        assertThat(PciLink.generation(Cursor.of(speed + "\n"))).isEqualTo(generation);
    }

    @Test
    void aMachineWithoutAPciBusHasNone() throws IOException {
        assertThat(new PciGpuReader(new FileTree(folder.resolve("other")).roots()).read(problems))
                .isEmpty();
    }

    private void device(String address, @Nullable String kind, String vendor) {
        tree.file(PORT + address + "/class", kind + "\n")
                .file(PORT + address + "/vendor", vendor + "\n")
                .link("sys/bus/pci/devices/" + address, PORT + address);
    }

    private void gpu(String attribute, String text) {
        tree.file(PORT + "0000:41:00.0/" + attribute, text);
    }

    private Gpu onlyGpu() throws IOException {
        List<Gpu> gpus = reader.read(problems);
        assertThat(gpus).hasSize(1);
        return gpus.get(0);
    }
}
