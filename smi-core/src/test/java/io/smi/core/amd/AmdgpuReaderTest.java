package io.smi.core.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.PullableFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.EccCounts;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no fixture machine has: see {@code machines/amdgpu-desktop}, {@code mi300x-node}, {@code renoir-laptop} and
 * {@code strix-halo} for whole cards.
 */
class AmdgpuReaderTest {
    private static final String ADDRESS = "0000:03:00.0";
    private static final String CARD = "sys/devices/" + ADDRESS + "/";
    private static final String HWMON = CARD + "hwmon/hwmon4/";
    private static final String ID = "a8f3c20e14d75b96";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private AmdgpuReader reader;

    @BeforeEach
    void noCard() {
        tree = new FileTree(folder).folder("sys");
        reader = new AmdgpuReader(tree.roots());
    }

    @Test
    void aMachineWithoutOne() throws IOException {
        assertThat(reader.read(problems)).isNull();
        card("i915");
        tree.folder("sys/class/drm/card0-DP-1");
        assertThat(new AmdgpuReader(tree.roots()).read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aCardOfWhichNothingIsKnownIsARowAndNoProblem() throws IOException {
        card("amdgpu");
        Gpu gpu = gpu();
        assertThat(gpu.pciBusId()).isEqualTo(ADDRESS);
        assertThat(gpu.uuid()).isNull();
        assertThat(gpu.utilizationPercent()).isNull();
        assertThat(gpu.memorySharedWithHost()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    /** The files would wake it. It goes by the same name all the same, and is told again when it is awake. */
    @ParameterizedTest
    @CsvSource({"suspended, ASLEEP", "suspending, ASLEEP", "resuming,"})
    void isReadOnlyWhileItIsAwake(String status, @Nullable GpuState state) throws IOException {
        card("amdgpu");
        tree.file(CARD + "power/runtime_status", status + "\n")
                .file(CARD + "unique_id", ID + "\n")
                .file(CARD + "vbios_version", "113-D70401-XTX\n")
                .file(CARD + "gpu_busy_percent", "3\n");
        Gpu gpu = gpu();
        assertThat(gpu.state()).isEqualTo(state);
        assertThat(gpu.uuid()).isEqualTo(ID);
        assertThat(gpu.utilizationPercent()).isNull();
        assertThat(gpu.vbiosVersion()).isNull();

        tree.file(CARD + "power/runtime_status", "active\n");
        Gpu awake = gpu();
        assertThat(awake.state()).isNull();
        assertThat(awake.utilizationPercent()).isEqualTo(3);
        assertThat(awake.vbiosVersion()).isEqualTo("113-D70401-XTX");
    }

    @Test
    void whyASleepingOneIsNotKnown() throws IOException {
        card("amdgpu");
        tree.file(CARD + "power/runtime_status", "suspended\n").file(CARD + "unique_id", ID + "\n");
        assertThat(reader.accelerators(read(), null).absent())
                .extracting(Absent::device, Absent::key, Absent::cause)
                .containsExactly(tuple(ID, null, Absent.Cause.ASLEEP));
        tree.file(CARD + "power/runtime_status", "active\n");
        assertThat(reader.accelerators(read(), null).absent()).isEmpty();
    }

    /** Where a card is newer than libdrm, or its line was cut, it has none. */
    @Test
    void theNameIsThatOfLibdrmsList() throws IOException {
        card("amdgpu");
        tree.file(CARD + "device", "0x744c\n")
                .file(CARD + "revision", "0xcc\n")
                .file("root/usr/share/libdrm/amdgpu.ids", "1.0.0\n744C,\tC8,\tXTX\n744C,\tCC,\tXT\n744C,\tCE,\tGRE");
        assertThat(gpu().name()).isEqualTo("XT");
        for (String revision : new String[] {"0xce", "0xcf"}) {
            tree.file(CARD + "revision", revision + "\n");
            reader = new AmdgpuReader(tree.roots());
            assertThat(gpu().name()).isNull();
        }
        tree.file(CARD + "product_name", "Radeon Pro W7900\n");
        reader = new AmdgpuReader(tree.roots());
        assertThat(gpu().name()).isEqualTo("Radeon Pro W7900");
    }

    /** Until its folder is looked for again. */
    @Test
    void oneThatIsPulledOutIsLost() throws IOException {
        card("amdgpu");
        tree.file(CARD + "power/runtime_status", "active\n").file(CARD + "unique_id", ID + "\n");
        PullableFiles files = new PullableFiles();
        Roots roots = tree.roots();
        KernelFiles sys = new KernelFiles(folder.resolve("sys").toFile(), files);
        reader = new AmdgpuReader(new Roots(roots.proc(), sys, roots.root()));
        assertThat(gpu().state()).isNull();
        files.pullOut();
        tree.delete("sys/class/drm/card0/device");
        assertThat(gpu()).extracting(Gpu::state, Gpu::uuid, Gpu::pciBusId).containsExactly(GpuState.LOST, ID, ADDRESS);
    }

    @Test
    void aGpuOfAProcessorUsesTheHostsMemory() throws IOException {
        card("amdgpu");
        tree.file(HWMON + "in1_label", "vddnb\n").file(CARD + "mem_info_vram_total", "536870912\n");
        Gpu gpu = gpu();
        assertThat(gpu.memorySharedWithHost()).isTrue();
        assertThat(gpu.memoryTotalBytes()).isEqualTo(536870912);
        assertThat(gpu.memoryUsedBytes()).isNull();
    }

    @Test
    void moreMemoryInUseThanThereIsIsNoNumber() throws IOException {
        card("amdgpu");
        tree.file(CARD + "mem_info_vram_total", "1000\n").file(CARD + "mem_info_vram_used", "1001\n");
        Gpu gpu = gpu();
        assertThat(gpu.memoryUsedBytes()).isNull();
        assertThat(gpu.memoryFreeBytes()).isNull();
    }

    /** It is told beside the GPU's own memory, not as a part of it. */
    @Test
    void hostMemoryThatItMaps() throws IOException {
        card("amdgpu");
        tree.file(CARD + "mem_info_gtt_used", "64470847488\n");
        assertThat(gpu()).extracting(Gpu::gttTotalBytes, Gpu::gttUsedBytes).containsExactly(null, 64470847488L);
        tree.file(CARD + "mem_info_gtt_total", "103079215104\n");
        reader = new AmdgpuReader(tree.roots());
        assertThat(gpu())
                .extracting(Gpu::gttTotalBytes, Gpu::gttUsedBytes)
                .containsExactly(103079215104L, 64470847488L);
        assertThat(gpu().memoryTotalBytes()).isNull();
    }

    @Test
    void theDieIsToldByItsHottestSpotWhereItHasNoEdge() throws IOException {
        card("amdgpu");
        tree.file(HWMON + "temp2_input", "71000\n").file(HWMON + "temp2_crit", "100000\n");
        assertThat(gpu().temperatureCelsius()).isEqualTo(71);
        assertThat(gpu().temperatureSlowdownCelsius()).isEqualTo(100);
        assertThat(gpu().temperatureShutdownCelsius()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "0\n", "4294967295\n"})
    void aPowerLimitThatIsNoneIsNoProblem(String limit) throws IOException {
        card("amdgpu");
        tree.file(HWMON + "power1_cap", limit);
        assertThat(gpu().powerLimitWatts()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gpu_busy_percent,          101",
        "mem_busy_percent,          -1",
        "pcie_replay_count,         0",
        "hwmon/hwmon4/temp1_input,  0",
        "hwmon/hwmon4/temp3_input,  65535000",
        "hwmon/hwmon4/freq1_input,  0",
        "hwmon/hwmon4/fan1_input,   65535",
        "hwmon/hwmon4/pwm1,         256",
    })
    void whatCannotBeIsNotKnown(String file, String value) throws IOException {
        card("amdgpu");
        tree.folder(HWMON);
        Gpu without = gpu();
        tree.file(CARD + file, value + "\n");
        reader = new AmdgpuReader(tree.roots());
        assertThat(gpu()).isEqualTo(without);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aFanThatStandsStillTurnsAtZero() throws IOException {
        card("amdgpu");
        tree.file(HWMON + "fan1_input", "0\n").file(HWMON + "pwm1", "0\n");
        assertThat(gpu().fanRpm()).isZero();
        assertThat(gpu().fanPercent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000\n", "a8f3c20e14d75b9\n", "a8f3c20e14d75b9g\n", "\n"})
    void anIdThatIsNoneIsNone(String id) throws IOException {
        card("amdgpu");
        tree.file(CARD + "unique_id", id);
        assertThat(gpu().uuid()).isNull();
        assertThat(gpu().identity()).isEqualTo(ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "0: 500Mhz *;,                                500",
        "0: 500Mhz ;1: 2486Mhz *;2: 3220Mhz ;,        3220",
        "S: 19Mhz *;0: 500Mhz ;1: 2486Mhz ;,          2486",
        "0: 0Mhz *;,",
        "'',",
    })
    void theHighestLevelOfAClock(String text, @Nullable Integer mhz) throws KernelFormatException {
        assertThat(Levels.highest(Cursor.of(text.replace(';', '\n')))).isEqualTo(mhz);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\n", "0: 500\n", "0: fastMhz\n", "0: 500Mhz \n1: 24", "0: 500Mhz \n1: 2486Mhz *"})
    void levelsThatAreNoneOrWereCut(String text) {
        assertThatThrownBy(() -> Levels.highest(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }

    @Test
    void memoryErrors() throws KernelFormatException {
        assertThat(MemoryErrors.counts(Cursor.of("ue: 2\nce: 31\n"))).isEqualTo(new EccCounts(31L, 2L));
        assertThat(MemoryErrors.counts(Cursor.of("ue: 2\nce: 31\nde: 1\n"))).isEqualTo(new EccCounts(31L, 2L));
        assertThat(MemoryErrors.counts(Cursor.of("Query currently inaccessible\n")))
                .isNull();
        assertThat(MemoryErrors.counts(Cursor.of(""))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ue: 2\n", "ue: 2\nce: 3", "ce: 3\nue: 2\n", "ue: -1\nce: 3\n"})
    void memoryErrorsThatAreNoneOrWereCut(String text) {
        assertThatThrownBy(() -> MemoryErrors.counts(Cursor.of(text))).isInstanceOf(KernelFormatException.class);
    }

    /** Of two readings, as this card only counts. */
    @Test
    void whatHeldAnInstinctBackMeanwhile() throws IOException {
        card("amdgpu");
        MetricsTable table = new MetricsTable(1, 6, MetricsTable.V1_6)
                .set("energy_accumulator", 3 << 16)
                .set("accumulation_counter", 10)
                .set("prochot_residency_acc", 0)
                .set("ppt_residency_acc", 5)
                .set("socket_thm_residency_acc", 0)
                .set("vr_thm_residency_acc", 0)
                .set("hbm_thm_residency_acc", 0);
        metrics(table);
        Map<String, CardReading> before = read();
        assertThat(gpu().throttleReasons()).isNull();
        assertThat(gpu().energyJoulesTotal()).isEqualTo(3);

        metrics(table.set("accumulation_counter", 11).set("ppt_residency_acc", 6));
        Span<Map<String, CardReading>> span = new Span<>(before, read(), 1_000_000_000);
        assertThat(reader.accelerators(span.after(), span).gpus().getFirst().throttleReasons())
                .containsExactly("ppt");
    }

    /** It has no clock of its memory in hwmon. */
    @Test
    void theMemoryClockOfAGpuOfAProcessor() throws IOException {
        card("amdgpu");
        tree.file(HWMON + "in1_label", "vddnb\n");
        metrics(new MetricsTable(2, 1, MetricsTable.V2_1).set("current_uclk", 1600));
        assertThat(gpu().clockMemoryMhz()).isEqualTo(1600);
    }

    private void metrics(MetricsTable table) throws IOException {
        Files.write(folder.resolve(CARD + "gpu_metrics"), table.bytes().array());
    }

    private void card(String driver) {
        tree.folder("sys/bus/pci/drivers/" + driver)
                .folder(CARD)
                .link(CARD + "driver", "sys/bus/pci/drivers/" + driver)
                .folder("sys/class/drm/card0")
                .link("sys/class/drm/card0/device", CARD);
        reader = new AmdgpuReader(tree.roots());
    }

    private Map<String, CardReading> read() throws IOException {
        return Objects.requireNonNull(reader.read(problems));
    }

    private Gpu gpu() throws IOException {
        return reader.accelerators(read(), null).gpus().getFirst();
    }
}
