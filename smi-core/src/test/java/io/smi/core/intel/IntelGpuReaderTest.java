package io.smi.core.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.kernel.FileTree;
import io.smi.schema.ErrorKind;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no fixture machine has: see {@code machines/arc-b580}, {@code arc-a770} and the laptops for whole GPUs. */
class IntelGpuReaderTest {
    private static final long SECOND = 1_000_000_000;
    private static final String ADDRESS = "0000:03:00.0";
    private static final String DEVICE = "sys/devices/" + ADDRESS + "/";
    private static final String CARD = "sys/class/drm/card0/";
    private static final String HWMON = DEVICE + "hwmon/hwmon4/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private IntelGpuReader reader;

    @BeforeEach
    void noCard() {
        tree = new FileTree(folder).folder("sys");
        reader = new IntelGpuReader(tree.roots());
    }

    @Test
    void aMachineWithoutOne() throws IOException {
        assertThat(reader.read(problems)).isNull();
        card(ADDRESS, "amdgpu");
        tree.folder("sys/class/drm/card0-DP-1");
        assertThat(new IntelGpuReader(tree.roots()).read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aPartOfACardThatAVirtualMachineCanHaveIsNoCard() throws IOException {
        card(ADDRESS, "xe");
        tree.folder(DEVICE + "physfn");
        assertThat(reader.read(problems)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"i915", "xe"})
    void aCardOfWhichNothingIsKnownIsARowAndNoProblem(String driver) throws IOException {
        card(ADDRESS, driver);
        Gpu gpu = gpu();
        assertThat(gpu.pciBusId()).isEqualTo(ADDRESS);
        assertThat(gpu.vendor()).isEqualTo("Intel");
        assertThat(gpu.memorySharedWithHost()).isNull();
        assertThat(gpu.throttleReasons()).isNull();
        assertThat(gpu.clockGraphicsMhz()).isNull();
        assertThat(problems.list()).isEmpty();
        assertThat(reader.accelerators(read(), null).absent())
                .extracting(Absent::key, Absent::cause)
                .containsExactly(
                        tuple("memory_total_bytes", Absent.Cause.NOT_SUPPORTED),
                        tuple("power_watts", Absent.Cause.NOT_SUPPORTED),
                        tuple("temperature_celsius", Absent.Cause.NOT_SUPPORTED));
    }

    /** The files would wake it. */
    @ParameterizedTest
    @CsvSource({"suspended, ASLEEP", "suspending, ASLEEP", "resuming,"})
    void isReadOnlyWhileItIsAwake(String status, @Nullable GpuState state) throws IOException {
        card(ADDRESS, "xe");
        tree.file(DEVICE + "power/runtime_status", status + "\n")
                .file(HWMON + "name", "xe\n")
                .file(HWMON + "temp2_input", "50000\n");
        assertThat(gpu().state()).isEqualTo(state);
        assertThat(gpu().temperatureCelsius()).isNull();
        assertThat(reader.accelerators(read(), null).absent())
                .extracting(Absent::cause)
                .isEqualTo(state == null ? List.of() : List.of(Absent.Cause.ASLEEP));

        tree.file(DEVICE + "power/runtime_status", "active\n");
        assertThat(gpu().state()).isNull();
        assertThat(gpu().temperatureCelsius()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, 251000000,  250",
        "1000000, 1000000,    0",
        "1000000, 900000,",
        "0,       262144000000,",
    })
    void powerIsTheGrowthOfEnergy(String first, String last, @Nullable Double watts) throws IOException {
        card(ADDRESS, "i915");
        tree.file(HWMON + "name", "i915\n").file(HWMON + "energy1_input", first + "\n");
        Map<String, CardReading> before = read();
        tree.file(HWMON + "energy1_input", last + "\n");
        assertThat(row(before, read()).powerWatts()).isEqualTo(watts);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void withoutASecondReadingThereIsNoPower() throws IOException {
        card(ADDRESS, "i915");
        tree.file(HWMON + "name", "i915\n").file(HWMON + "energy1_input", "1000000\n");
        assertThat(gpu().energyJoulesTotal()).isEqualTo(1);
        assertThat(gpu().powerWatts()).isNull();
    }

    /** The last is what the drivers make of a counter that was reset; the one before it is read a little late. */
    @ParameterizedTest
    @CsvSource({
        "91250, 92250,  100",
        "91250, 91875,  62.5",
        "91250, 91250,  0",
        "91250, 91249,",
        "91250, 92252,  100",
        "91250, 5588250,",
    })
    void idleResidencyIsTheGrowthOfItsTime(String first, String last, @Nullable Double percent) throws IOException {
        card(ADDRESS, "i915");
        tree.file(CARD + "gt/gt0/rc6_residency_ms", first + "\n");
        Map<String, CardReading> before = read();
        tree.file(CARD + "gt/gt0/rc6_residency_ms", last + "\n");
        assertThat(row(before, read()).idleResidencyPercent())
                .isEqualTo(percent == null ? null : Map.of("gt0", percent));
        assertThat(gpu().idleResidencyPercent()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    /** xe numbers the GTs of all tiles in one row. A driver that is busy with one of them tells of the others. */
    @Test
    void idleResidencyIsEachGts() throws IOException {
        card(ADDRESS, "xe");
        tree.file(DEVICE + "tile0/gt0/gtidle/idle_residency_ms", "100\n")
                .file(DEVICE + "tile0/gt1/gtidle/idle_residency_ms", "100\n")
                .file(DEVICE + "tile1/gt2/gtidle/idle_residency_ms", "100\n");
        Map<String, CardReading> before = read();
        tree.file(DEVICE + "tile0/gt0/gtidle/idle_residency_ms", "350\n")
                .file(DEVICE + "tile0/gt1/gtidle/idle_residency_ms", "")
                .file(DEVICE + "tile1/gt2/gtidle/idle_residency_ms", "1100\n");
        assertThat(row(before, read()).idleResidencyPercent()).isEqualTo(Map.of("gt0", 25.0, "gt2", 100.0));
        assertThat(problems.list()).isEmpty();
    }

    /** i915 has another hwmon device for each GT of the large cards. */
    @Test
    void theEnergyOfAPartIsNotTheCards() throws IOException {
        card(ADDRESS, "i915");
        tree.file(DEVICE + "hwmon/hwmon3/name", "i915_gt0\n")
                .file(DEVICE + "hwmon/hwmon3/energy1_input", "1000000\n")
                .file(HWMON + "name", "i915\n")
                .file(HWMON + "energy1_input", "3000000\n");
        assertThat(gpu().energyJoulesTotal()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "power1_max,    0",
        "power1_max,    4294967296",
        "temp2_input,   0",
        "temp3_input,   255000",
        "fan1_input,    65535",
        "energy1_input, -1",
    })
    void whatCannotBeIsNotKnown(String file, String value) throws IOException {
        card(ADDRESS, "xe");
        tree.file(HWMON + "name", "xe\n");
        Gpu without = gpu();
        tree.file(HWMON + file, value + "\n");
        reader = new IntelGpuReader(tree.roots());
        assertThat(gpu()).isEqualTo(without);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void i915DoesNotTellHowWarmMemoryIs() throws IOException {
        card(ADDRESS, "i915");
        tree.file(HWMON + "name", "i915\n")
                .file(HWMON + "temp1_input", "40000\n")
                .file(HWMON + "temp3_input", "50000\n");
        assertThat(gpu().temperatureCelsius()).isEqualTo(40);
        assertThat(gpu().temperatureMemoryCelsius()).isNull();
    }

    @Test
    void linuxBefore6HasTheFilesInTheCardsFolder() throws IOException {
        card(ADDRESS, "i915");
        tree.file(CARD + "gt_act_freq_mhz", "350\n").file(CARD + "gt_RP0_freq_mhz", "1300\n");
        assertThat(gpu().clockGraphicsMhz()).isEqualTo(350);
        assertThat(gpu().clockGraphicsMaxMhz()).isEqualTo(1300);
        assertThat(gpu().throttleReasons()).isNull();
        tree.file(CARD + "power/rc6_residency_ms", "1000\n");
        reader = new IntelGpuReader(tree.roots());
        Map<String, CardReading> before = read();
        tree.file(CARD + "power/rc6_residency_ms", "1950\n");
        assertThat(row(before, read()).idleResidencyPercent()).isEqualTo(Map.of("gt0", 95.0));
    }

    /** Of several tiles the first one's clock; what holds back any of them holds back the GPU. */
    @Test
    void twoTiles() throws IOException {
        card(ADDRESS, "xe");
        tile("tile0/gt0", 1550, 1, "pl1", 1, "thermal", 0);
        tile("tile1/gt1", 900, 1, "pl1", 0, "thermal", 1);
        tree.file(DEVICE + "tile0/memory/freq0/max_freq", "3200\n");
        assertThat(gpu().clockGraphicsMhz()).isEqualTo(1550);
        assertThat(gpu().clockMemoryMaxMhz()).isEqualTo(3200);
        assertThat(gpu().throttleReasons()).containsExactly("pl1", "thermal");
    }

    @Test
    void whatHoldsItBackIsNotKnownWhenNoFileTells() throws IOException {
        card(ADDRESS, "xe");
        tile("tile0/gt0", 1550, 1, "pl1", 0, "thermal", 0);
        assertThat(gpu().throttleReasons()).isNull();
        tree.file(DEVICE + "tile0/gt0/freq0/throttle/reason_pl1", "garbage\n");
        assertThat(gpu().throttleReasons()).isNull();
        tree.file(DEVICE + "tile0/gt0/freq0/throttle/status", "0\n");
        assertThat(gpu().throttleReasons()).isEmpty();
    }

    @Test
    void aGpuOfAProcessorUsesTheHostsMemory() throws IOException {
        card("0000:00:02.0", "xe");
        assertThat(gpu().memorySharedWithHost()).isTrue();
    }

    /** A card that a virtual machine has been given is wherever that machine wants it. */
    @Test
    void aCardInThePlaceOfAProcessorsGpuDoesNot() throws IOException {
        card("0000:00:02.0", "xe");
        tree.file("sys/devices/0000:00:02.0/hwmon/hwmon4/name", "xe\n");
        assertThat(gpu().memorySharedWithHost()).isNull();
    }

    @Test
    void garbageIsAProblem() throws IOException {
        card(ADDRESS, "xe");
        tree.file(HWMON + "name", "xe\n").file(HWMON + "temp2_input", "hot\n");
        assertThat(gpu().temperatureCelsius()).isNull();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ErrorKind.FAILED));
    }

    private void card(String address, String driver) {
        String device = "sys/devices/" + address;
        tree.folder("sys/bus/pci/drivers/" + driver)
                .folder(device)
                .link(device + "/driver", "sys/bus/pci/drivers/" + driver)
                .folder("sys/class/drm/card0")
                .link("sys/class/drm/card0/device", device);
        reader = new IntelGpuReader(tree.roots());
    }

    private void tile(String gt, int mhz, int status, String one, int held, String other, int alsoHeld) {
        String freq = DEVICE + gt + "/freq0/";
        tree.file(freq + "act_freq", mhz + "\n")
                .file(freq + "throttle/status", status + "\n")
                .file(freq + "throttle/reason_" + one, held + "\n")
                .file(freq + "throttle/reason_" + other, alsoHeld + "\n");
    }

    private Map<String, CardReading> read() throws IOException {
        return Objects.requireNonNull(reader.read(problems));
    }

    private Gpu gpu() throws IOException {
        return reader.accelerators(read(), null).gpus().getFirst();
    }

    private Gpu row(Map<String, CardReading> before, Map<String, CardReading> now) {
        return reader.accelerators(now, new Span<>(before, now, SECOND)).gpus().getFirst();
    }
}
