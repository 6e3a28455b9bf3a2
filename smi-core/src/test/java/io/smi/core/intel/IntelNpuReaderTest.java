package io.smi.core.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.kernel.FileTree;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no fixture machine has: see {@code machines/meteorlake-laptop} for a whole NPU. */
class IntelNpuReaderTest {
    private static final long SECOND = 1_000_000_000;
    private static final String ADDRESS = "0000:00:0b.0";
    private static final String DEVICE = "sys/devices/" + ADDRESS + "/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private IntelNpuReader reader;

    @BeforeEach
    void noNpu() {
        tree = new FileTree(folder).folder("sys");
        reader = new IntelNpuReader(tree.roots());
    }

    @Test
    void aMachineWithoutOne() throws IOException {
        assertThat(reader.read(problems)).isNull();
        npu("habanalabs");
        assertThat(reader.read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    /** Linux 6.8 has nothing but the time. */
    @ParameterizedTest
    @CsvSource({"500000, 750000, 25", "500000, 500000, 0", "500000, 1500100, 100", "500000, 400000,"})
    void isAsBusyAsItsTimeGrows(String first, String last, @Nullable Double percent) throws IOException {
        npu("intel_vpu");
        tree.file(DEVICE + "npu_busy_time_us", first + "\n");
        Map<String, IntelNpuReader.Npu> before = read();
        tree.file(DEVICE + "npu_busy_time_us", last + "\n");
        Gpu npu = reader.accelerators(read(), new Span<>(before, read(), SECOND))
                .gpus()
                .getFirst();
        assertThat(npu.utilizationPercent()).isEqualTo(percent);
        assertThat(npu.deviceType()).isEqualTo(DeviceType.NPU);
        assertThat(npu.pciBusId()).isEqualTo(ADDRESS);
        assertThat(npu.detail()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    /** None of its files wakes it up; its clock is told as 0 then. */
    @Test
    void isReadWhileItSleeps() throws IOException {
        npu("intel_vpu");
        tree.file(DEVICE + "power/runtime_status", "suspended\n")
                .file(DEVICE + "npu_memory_utilization", "0\n")
                .file(DEVICE + "npu_max_frequency_mhz", "1400\n")
                .file(DEVICE + "npu_current_frequency_mhz", "0\n");
        Gpu npu = reader.accelerators(read(), null).gpus().getFirst();
        assertThat(npu.state()).isEqualTo(GpuState.ASLEEP);
        assertThat(npu.memoryUsedBytes()).isZero();
        assertThat(npu.clockGraphicsMhz()).isNull();
        assertThat(npu.clockGraphicsMaxMhz()).isEqualTo(1400);
        assertThat(npu.utilizationPercent()).isNull();
    }

    private void npu(String driver) {
        tree.folder("sys/bus/pci/drivers/" + driver)
                .folder(DEVICE)
                .link(DEVICE + "driver", "sys/bus/pci/drivers/" + driver)
                .folder("sys/class/accel/accel0")
                .link("sys/class/accel/accel0/device", DEVICE);
        reader = new IntelNpuReader(tree.roots());
    }

    private Map<String, IntelNpuReader.Npu> read() throws IOException {
        return Objects.requireNonNull(reader.read(problems));
    }
}
