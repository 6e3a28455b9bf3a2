package io.smi.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.ErrorKind;
import io.smi.schema.Fan;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import io.smi.schema.PowerSupply;
import io.smi.schema.ProcessInfo;
import io.smi.schema.ProcessInfoBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.StorageBuilder;
import io.smi.schema.Temperature;
import io.smi.server.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameMetricsTest {
    @Test
    void aValueBecomesASeriesInBaseUnits() {
        Gpu gpu = GpuBuilder.builder()
                .index(3)
                .uuid("GPU-a")
                .utilizationPercent(33.33)
                .clockMemoryMhz(2619)
                .energyJoulesTotal(1.5)
                .build();
        assertThat(text(Frames.gpus(gpu))).isEqualTo("""
                # HELP smi_frame_timestamp_seconds When the frame was taken.
                # TYPE smi_frame_timestamp_seconds gauge
                smi_frame_timestamp_seconds 1.76726880025E9
                # HELP smi_gpu_info What the device is.
                # TYPE smi_gpu_info gauge
                smi_gpu_info{index="3",uuid="GPU-a"} 1
                # HELP smi_gpu_clock_memory_hertz Memory clock.
                # TYPE smi_gpu_clock_memory_hertz gauge
                smi_gpu_clock_memory_hertz{index="3",uuid="GPU-a"} 2.619E9
                # HELP smi_gpu_energy_joules_total Energy since the driver was loaded.
                # TYPE smi_gpu_energy_joules_total counter
                smi_gpu_energy_joules_total{index="3",uuid="GPU-a"} 1.5
                # HELP smi_gpu_utilization_ratio Share of the window in which the device was busy.
                # TYPE smi_gpu_utilization_ratio gauge
                smi_gpu_utilization_ratio{index="3",uuid="GPU-a"} 0.3333
                """);
    }

    @Test
    void openMetricsSaysMoreOfTheSame() {
        Gpu gpu = GpuBuilder.builder().uuid("GPU-a").energyJoulesTotal(1.5).build();
        assertThat(new String(Exposition.OPENMETRICS.render(FrameMetrics.of(Frames.gpus(gpu))), StandardCharsets.UTF_8))
                .isEqualTo("""
                # TYPE smi_frame_timestamp_seconds gauge
                # UNIT smi_frame_timestamp_seconds seconds
                # HELP smi_frame_timestamp_seconds When the frame was taken.
                smi_frame_timestamp_seconds 1.76726880025E9
                # TYPE smi_gpu info
                # HELP smi_gpu What the device is.
                smi_gpu_info{uuid="GPU-a"} 1
                # TYPE smi_gpu_energy_joules counter
                # UNIT smi_gpu_energy_joules joules
                # HELP smi_gpu_energy_joules Energy since the driver was loaded.
                smi_gpu_energy_joules_total{uuid="GPU-a"} 1.5
                # EOF
                """);
    }

    @Test
    void aSectionThatWasNotAskedForHasNoMetrics() {
        assertThat(families(Frames.frame().build())).containsOnlyKeys("smi_frame_timestamp_seconds");
        assertThat(families(Frames.frame().gpus(List.of()).processes(List.of()).build()))
                .containsOnlyKeys("smi_frame_timestamp_seconds");
    }

    @ParameterizedTest
    @EnumSource(Exposition.class)
    void everyMachineGivesCleanMetrics(Exposition format) throws IOException {
        Frames.all()
                .forEach((machine, frame) ->
                        assertThat(families(format, frame)).as(machine).hasSizeGreaterThan(20));
    }

    /** So that each line of each table is run by some test. */
    @Test
    void theFullMachineHasEveryFamilyOfTheTablesAndNoOther() throws IOException {
        assertThat(families(Frames.full()).keySet())
                .containsExactlyInAnyOrderElementsOf(FrameMetrics.tables()
                        .flatMap(table -> table.families().stream())
                        .map(Family::name)
                        .toList());
    }

    @Test
    void theFullMachineIsTheGolden() throws IOException {
        Golden.check("src/test/resources/io/smi/server/metrics/full.prom", text(Frames.full()));
    }

    @Test
    void aDeviceWithoutUuidIsNamedByItsPciAddress() {
        Gpu gpu = GpuBuilder.builder()
                .index(0)
                .pciBusId("0000:3b:00.0")
                .fanRpm(900)
                .build();
        assertThat(series(Frames.gpus(gpu), "smi_gpu_fan_rpm"))
                .containsExactly(Map.entry("index=\"0\",uuid=\"0000:3b:00.0\"", 900.0));
    }

    @Test
    void ofTwoDevicesThatNothingTellsApartTheFirstCounts() {
        Gpu first = GpuBuilder.builder().fanRpm(1).build();
        Gpu second = GpuBuilder.builder().fanRpm(2).build();
        assertThat(series(Frames.gpus(first, second), "smi_gpu_fan_rpm")).containsExactly(Map.entry("", 1.0));
    }

    @Test
    void aDeviceHasOneSeriesForEachStateThatItCouldBeIn() {
        Gpu gpu = GpuBuilder.builder().uuid("a").state(GpuState.LOST).build();
        assertThat(series(Frames.gpus(gpu), "smi_gpu_state"))
                .containsExactly(
                        Map.entry("state=\"asleep\",uuid=\"a\"", 0.0),
                        Map.entry("state=\"degraded\",uuid=\"a\"", 0.0),
                        Map.entry("state=\"lost\",uuid=\"a\"", 1.0),
                        Map.entry("state=\"ok\",uuid=\"a\"", 0.0));
    }

    @Test
    void nothingHoldsTheClocksBackIsKnownFromNotKnown() {
        Gpu free = GpuBuilder.builder().uuid("a").throttleReasons(List.of()).build();
        Gpu silent = GpuBuilder.builder().uuid("b").build();
        assertThat(series(Frames.gpus(free, silent), "smi_gpu_throttled"))
                .containsExactly(Map.entry("uuid=\"a\"", 0.0));
    }

    @Test
    void aCounterBelowZeroIsNone() {
        Gpu gpu = GpuBuilder.builder().uuid("a").energyJoulesTotal(-1.0).build();
        assertThat(families(Frames.gpus(gpu))).doesNotContainKey("smi_gpu_energy_joules_total");
    }

    @Test
    void sensorsOfOneNameAreCounted() {
        SnapshotFrame frame = Frames.chassis(Frames.chassis()
                .temperatures(List.of(
                        new Temperature("nvme", "Composite", 40.0, null, null),
                        new Temperature("nvme", "Composite", 41.0, null, null),
                        new Temperature("nvme", "Sensor 1", 42.0, null, null),
                        new Temperature("acpitz", null, 20.0, null, null),
                        new Temperature("acpitz", null, 21.0, null, null)))
                .fans(List.of(new Fan("thinkpad", null, 0)))
                .build());
        assertThat(series(frame, "smi_chassis_temperature_celsius"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "index=\"0\",label=\"Composite\",sensor=\"nvme\"", 40.0,
                        "index=\"1\",label=\"Composite\",sensor=\"nvme\"", 41.0,
                        "index=\"0\",label=\"Sensor 1\",sensor=\"nvme\"", 42.0,
                        "index=\"0\",sensor=\"acpitz\"", 20.0,
                        "index=\"1\",sensor=\"acpitz\"", 21.0));
        assertThat(series(frame, "smi_chassis_fan_rpm"))
                .containsExactly(Map.entry("index=\"0\",sensor=\"thinkpad\"", 0.0));
    }

    @Test
    void aSupplyThatIsOfflineIsSeen() {
        SnapshotFrame frame = Frames.chassis(Frames.chassis()
                .powerSupplies(List.of(new PowerSupply("PSU2", "offline", null), new PowerSupply("USB", null, null)))
                .build());
        assertThat(series(frame, "smi_chassis_power_supply_status"))
                .containsEntry("status=\"offline\",supply=\"PSU2\"", 1.0)
                .containsEntry("status=\"online\",supply=\"PSU2\"", 0.0)
                .hasSize(7);
    }

    @Test
    void fileSystemsMountedOneOverTheOtherAreToldApartByDevice() {
        SnapshotFrame frame = Frames.frame()
                .storage(List.of(
                        StorageBuilder.builder()
                                .mountPoint("/mnt")
                                .device("a")
                                .totalBytes(1L)
                                .build(),
                        StorageBuilder.builder()
                                .mountPoint("/mnt")
                                .device("b")
                                .totalBytes(2L)
                                .build(),
                        StorageBuilder.builder()
                                .mountPoint("/mnt")
                                .device("b")
                                .totalBytes(3L)
                                .build()))
                .build();
        assertThat(series(frame, "smi_storage_total_bytes"))
                .containsOnly(
                        Map.entry("device=\"a\",mount_point=\"/mnt\"", 1.0),
                        Map.entry("device=\"b\",mount_point=\"/mnt\"", 2.0));
    }

    @Test
    void onlyTheBusiestProcessesAreMetrics() {
        List<ProcessInfo> processes = new ArrayList<>();
        for (int pid = 1; pid <= 100; pid++) {
            processes.add(Frames.process(pid, pid <= 40 ? 50 : 0, pid <= 45 ? 2000 : 1000));
        }
        processes.add(ProcessInfoBuilder.builder().pid(101).threads(1).build());
        Collections.reverse(processes);
        SnapshotFrame frame = Frames.frame().processes(processes).build();
        assertThat(series(frame, "smi_process_cpu_ratio").keySet())
                .hasSize(ProcessMetrics.MOST)
                .contains(pid(1), pid(40), pid(41), pid(45), pid(46), pid(50))
                .doesNotContain(pid(51), pid(100), pid(101));
        assertThat(series(frame, "smi_process_threads")).doesNotContainKey("pid=\"101\"");
    }

    private static String pid(int pid) {
        return "name=\"train \\\"x\\\"\",pid=\"" + pid + "\"";
    }

    @Test
    void commandLinesStayWhereTheyAre() throws IOException {
        assertThat(text(Frames.full())).contains("pid=\"4711\"").doesNotContain("hunter2", "train.py");
    }

    @Test
    void errorsAreCountedWithoutTheirMessages() {
        SnapshotFrame frame = Frames.frame()
                .errors(List.of(
                        new FrameError(Section.CPU, "rapl", ErrorKind.DENIED, "one"),
                        new FrameError(Section.CPU, "rapl", ErrorKind.DENIED, "two"),
                        new FrameError(Section.CPU, "stat", ErrorKind.STALE, "three")))
                .build();
        assertThat(series(frame, "smi_frame_errors"))
                .containsOnly(
                        Map.entry("kind=\"denied\",reader=\"rapl\",section=\"cpu\"", 2.0),
                        Map.entry("kind=\"stale\",reader=\"stat\",section=\"cpu\"", 1.0));
    }

    private static String text(SnapshotFrame frame) {
        return new String(Exposition.TEXT.render(FrameMetrics.of(frame)), StandardCharsets.UTF_8);
    }

    private static Map<String, Double> series(SnapshotFrame frame, String family) {
        return Objects.requireNonNull(families(frame).get(family), family).series();
    }

    private static Map<String, ExpositionReader.Family> families(SnapshotFrame frame) {
        return families(Exposition.TEXT, frame);
    }

    private static Map<String, ExpositionReader.Family> families(Exposition format, SnapshotFrame frame) {
        return ExpositionReader.read(format, new String(format.render(FrameMetrics.of(frame)), StandardCharsets.UTF_8));
    }
}
