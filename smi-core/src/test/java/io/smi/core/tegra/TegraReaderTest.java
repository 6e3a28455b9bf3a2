package io.smi.core.tegra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.smi.core.Problems;
import io.smi.core.gpu.Absent;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.KernelFormatException;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TegraReaderTest {
    private static final String ORIN = "devices/platform/bus@0/17000000.gpu";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;

    @BeforeEach
    void noGpu() {
        tree = new FileTree(folder).folder("sys");
    }

    @Test
    void aMachineWithoutOne() throws IOException {
        assertThat(new TegraReader(tree.roots()).read(problems)).isNull();
        unit("devices/platform/host1x/15340000.vic", "nvidia,tegra234-vic\0");
        unit("devices/platform/fde60000.gpu", "rockchip,rk3568-mali\0arm,mali-bifrost\0");
        tree.folder("sys/class/devfreq/bwmgr");
        assertThat(new TegraReader(tree.roots()).read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "devices/57000000.gpu,                   nvidia,tegra210-gm20b,nvidia,gm20b",
        "devices/17000000.gp10b,                 nvidia,tegra186-gp10b,nvidia,gp10b",
        "devices/17000000.gv11b,                 nvidia,gv11b,,",
        "devices/platform/17000000.gv11b,        nvidia,gv11b,,",
        "devices/platform/17000000.ga10b,        nvidia,ga10b,,",
        "devices/platform/17000000.gpu,          nvidia,ga10b,,",
        "devices/platform/bus@0/17000000.gpu,    nvidia,ga10b,,",
    })
    void whereverItIs(
            String device, String vendor, String chip, @Nullable String otherVendor, @Nullable String otherChip)
            throws IOException {
        String second = otherVendor == null ? "" : otherVendor + "," + otherChip + "\0";
        unit(device, vendor + "," + chip + "\0" + second);
        tree.file("sys/" + device + "/load", "123\n");
        Gpu gpu = gpu();
        assertThat(gpu.uuid()).isEqualTo(device.substring(device.lastIndexOf('/') + 1));
        assertThat(gpu.name()).isEqualTo(chip.substring(chip.indexOf('-') + 1));
        assertThat(gpu.utilizationPercent()).isEqualTo(12.3);
        assertThat(gpu.clockGraphicsMhz()).isEqualTo(306);
        assertThat(gpu.clockGraphicsMaxMhz()).isEqualTo(918);
        assertThat(gpu.vendor()).isEqualTo("NVIDIA");
        assertThat(gpu.deviceType()).isEqualTo(DeviceType.GPU);
        assertThat(gpu.memorySharedWithHost()).isTrue();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void isCalledAsItsBoard() throws IOException {
        orin();
        tree.file("sys/firmware/devicetree/base/model", "NVIDIA Jetson Xavier NX Developer Kit\0");
        assertThat(gpu().name()).isEqualTo("NVIDIA Jetson Xavier NX Developer Kit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GPU-therm", "gpu-thermal"})
    void hasTheTemperatureOfItsOwnZone(String zone) throws IOException {
        orin();
        tree.file("sys/class/thermal/thermal_zone0/type", "CPU-therm\n")
                .file("sys/class/thermal/thermal_zone0/temp", "50000\n")
                .file("sys/class/thermal/thermal_zone1/type", zone + "\n")
                .file("sys/class/thermal/thermal_zone1/temp", "45687\n");
        assertThat(gpu().temperatureCelsius()).isEqualTo(45.687);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-256000\n", "0\n", "1000000\n"})
    void aZoneThatIsTurnedOffHasNone(String temperature) throws IOException {
        orin();
        tree.file("sys/class/thermal/thermal_zone1/type", "GPU-therm\n")
                .file("sys/class/thermal/thermal_zone1/temp", temperature);
        assertThat(gpu().temperatureCelsius()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001\n", "-1\n"})
    void aLoadBeyondAllIsNone(String load) throws IOException {
        orin();
        tree.file("sys/" + ORIN + "/load", load);
        assertThat(gpu().utilizationPercent()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\n", "-1\n", "9223372036854775807\n"})
    void aClockBeyondAllIsNone(String hertz) throws IOException {
        orin();
        tree.file("sys/" + ORIN + "/devfreq/17000000.gpu/cur_freq", hertz);
        assertThat(gpu().clockGraphicsMhz()).isNull();
    }

    /** Its driver answers 0 for the load of one that sleeps; while it is awake, a question keeps it so. */
    @ParameterizedTest
    @CsvSource({"suspended, ASLEEP", "resuming,"})
    void isAskedOnlyWhileItIsAwake(String status, @Nullable GpuState state) throws IOException {
        orin();
        tree.file("sys/" + ORIN + "/power/runtime_status", status + "\n")
                .file("sys/class/thermal/thermal_zone1/type", "gpu-thermal\n")
                .file("sys/class/thermal/thermal_zone1/temp", "38500\n");
        Gpu gpu = gpu();
        assertThat(gpu.state()).isEqualTo(state);
        assertThat(gpu.utilizationPercent()).isNull();
        assertThat(gpu.clockGraphicsMhz()).isNull();
        assertThat(gpu.clockGraphicsMaxMhz()).isEqualTo(918);
        assertThat(gpu.temperatureCelsius()).isEqualTo(38.5);
    }

    @Test
    void whatIsNullForItsSleep() {
        Gpu asleep =
                GpuBuilder.builder().uuid("17000000.gpu").state(GpuState.ASLEEP).build();
        Gpu awake = GpuBuilder.builder().uuid("17000001.gpu").build();
        assertThat(new TegraReader(tree.roots())
                        .accelerators(List.of(asleep, awake), null)
                        .absent())
                .extracting(Absent::device, Absent::key)
                .containsExactly(
                        tuple("17000000.gpu", "utilization_percent"), tuple("17000000.gpu", "clock_graphics_mhz"));
    }

    @ParameterizedTest
    @CsvSource({
        "GPU,            AGX Xavier, true",
        "VDD_GPU,        TX1 Thor,   true",
        "VDD_SYS_GPU,    TX2,        true",
        "POM_5V_GPU,     Nano,       true",
        "VDD_GPU_SOC,    AGX Orin,   false",
        "VDD_CPU_GPU_CV, Orin NX,    false",
    })
    void itsPowerIsThatOfARailOfItsOwn(String rail, String module, boolean own) throws IOException {
        orin();
        tree.file("sys/bus/i2c/drivers/ina3221/1-0040/hwmon/hwmon3/in1_label", rail + "\n")
                .file("sys/bus/i2c/drivers/ina3221/1-0040/hwmon/hwmon3/in1_input", "5000\n")
                .file("sys/bus/i2c/drivers/ina3221/1-0040/hwmon/hwmon3/curr1_input", "420\n");
        assertThat(gpu().powerWatts()).as(module).isEqualTo(own ? 2.1 : null);
    }

    @Test
    void itsDriverComesWithJetsonLinux() throws IOException {
        orin();
        tree.file(
                "root/etc/nv_tegra_release",
                "# R32 (release), REVISION: 7.4, GCID: 33514132, BOARD: t210ref, EABI: aarch64, DATE: Fri Jun  9 04:25:08 UTC 2023\n");
        assertThat(gpu().driverVersion()).isEqualTo("32.7.4");
        tree.file("root/etc/nv_tegra_release", "garbage\n");
        assertThat(gpu().driverVersion()).isNull();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("nv_tegra_release"));
    }

    @Test
    void releases() throws IOException {
        assertThat(TegraGpu.release(Cursor.of("# R38 (release), REVISION: 2.0, GCID: 41844464\n")))
                .isEqualTo("38.2.0");
        assertThat(TegraGpu.release(Cursor.of("# R00 (debug), REVISION: 0.0, GCID: 1\n")))
                .isNull();
        assertThat(TegraGpu.release(Cursor.of("# R36 (release), REVISION: 4"))).isNull();
        assertThatThrownBy(() -> TegraGpu.release(Cursor.of("# Rocky Linux\n")))
                .isInstanceOf(KernelFormatException.class);
    }

    @Test
    void chips() {
        assertThat(TegraGpu.chip("nvidia,tegra124-gk20a\0nvidia,gk20a\0")).isEqualTo("gk20a");
        assertThat(TegraGpu.chip("nvidia,gm20b")).isEqualTo("gm20b");
        assertThat(TegraGpu.chip("nvidia,tegra234-nvdec\0")).isNull();
        assertThat(TegraGpu.chip("nvidia,tegra186-gpio\0")).isNull();
        assertThat(TegraGpu.chip("arm,gk20a\0")).isNull();
        assertThat(TegraGpu.chip(null)).isNull();
    }

    private void orin() {
        unit(ORIN, "nvidia,ga10b\0");
    }

    /** A unit of a chip whose clock the kernel scales. */
    private void unit(String device, String compatible) {
        String name = device.substring(device.lastIndexOf('/') + 1);
        String home = "sys/" + device;
        tree.file(home + "/of_node/compatible", compatible)
                .file(home + "/devfreq/" + name + "/cur_freq", "306000000\n")
                .file(home + "/devfreq/" + name + "/max_freq", "918000000\n")
                .link(home + "/devfreq/" + name + "/device", home)
                .link("sys/class/devfreq/" + name, home + "/devfreq/" + name);
    }

    private Gpu gpu() throws IOException {
        List<Gpu> rows = Objects.requireNonNull(new TegraReader(tree.roots()).read(problems));
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
