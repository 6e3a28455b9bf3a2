package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Absent.Cause;
import io.smi.core.nvidia.NvmlLayout.GpmSupport;
import io.smi.schema.DeviceType;
import io.smi.schema.EccCounts;
import io.smi.schema.Gpu;
import io.smi.schema.GpuEcc;
import io.smi.schema.GpuLink;
import io.smi.schema.GpuModes;
import io.smi.schema.GpuPartition;
import io.smi.schema.GpuState;
import io.smi.schema.Pcie;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaReaderTest {
    private static final long GIB = FakeMachines.GIB;

    @TempDir
    private Path folder;

    private TestMachine machine(FakeNvml nvml) {
        return TestMachine.of(folder, nvml, false);
    }

    @Test
    void readsWhatAnH100Is() throws IOException {
        Gpu gpu = machine(FakeMachines.h100s()).gpus().get(3);
        assertThat(gpu.index()).isEqualTo(3);
        assertThat(gpu.uuid()).isEqualTo("GPU-00000003-1111-2222-3333-444444444444");
        assertThat(gpu.name()).isEqualTo("NVIDIA H100 80GB HBM3");
        assertThat(gpu.vendor()).isEqualTo("NVIDIA");
        assertThat(gpu.deviceType()).isEqualTo(DeviceType.GPU);
        assertThat(gpu.pciBusId()).isEqualTo("0000:1e:00.0");
        assertThat(gpu.serial()).isEqualTo("1650123000003");
        assertThat(gpu.driverVersion()).isEqualTo("580.65.06");
        assertThat(gpu.cudaVersion()).isEqualTo("13.0");
        assertThat(gpu.vbiosVersion()).isEqualTo("96.00.89.00.03");
        assertThat(gpu.firmwareVersion()).isEqualTo("580.65.06");
        assertThat(gpu.temperatureShutdownCelsius()).isEqualTo(92);
        assertThat(gpu.temperatureSlowdownCelsius()).isEqualTo(89);
        assertThat(gpu.powerLimitMaxWatts()).isEqualTo(700);
        assertThat(gpu.clockGraphicsMaxMhz()).isEqualTo(1980);
        assertThat(gpu.clockMemoryMaxMhz()).isEqualTo(2620);
        assertThat(gpu.modes()).isEqualTo(new GpuModes(true, "exclusive_process", false, "none"));
    }

    @Test
    void readsWhatAnH100Does() throws IOException {
        TestMachine machine = machine(FakeMachines.h100s());
        Gpu gpu = machine.gpus().get(3);
        assertThat(gpu.state()).isEqualTo(GpuState.OK);
        assertThat(gpu.utilizationPercent()).isEqualTo(93);
        assertThat(gpu.memoryUtilizationPercent()).isEqualTo(43);
        assertThat(gpu.engines()).isEqualTo(Map.of("encoder", 4.0, "decoder", 5.0, "jpeg", 6.0, "ofa", 7.0));
        assertThat(gpu.memoryTotalBytes()).isEqualTo(80 * GIB);
        assertThat(gpu.memoryReservedBytes()).isEqualTo(GIB / 2);
        assertThat(gpu.memoryFreeBytes()).isEqualTo(20 * GIB);
        assertThat(gpu.memoryUsedBytes()).isEqualTo(60 * GIB - GIB / 2);
        assertThat(gpu.memorySharedWithHost()).isFalse();
        assertThat(gpu.temperatureCelsius()).isEqualTo(53);
        assertThat(gpu.temperatureMemoryCelsius()).isEqualTo(73);
        assertThat(gpu.powerWatts()).isEqualTo(600.503);
        assertThat(gpu.powerLimitWatts()).isEqualTo(650);
        assertThat(gpu.energyJoulesTotal()).isEqualTo(123_456.792);
        assertThat(gpu.clockGraphicsMhz()).isEqualTo(1758);
        assertThat(gpu.clockMemoryMhz()).isEqualTo(2619);
        assertThat(gpu.fanPercent()).isNull();
        assertThat(gpu.performanceState()).isZero();
        assertThat(gpu.throttleReasons()).isEmpty();
        assertThat(gpu.pcie()).isEqualTo(new Pcie(4, 8, 5, 16, null, null, 14L));
        assertThat(gpu.ecc()).isEqualTo(new GpuEcc(true, new EccCounts(21L, 0L), new EccCounts(23L, 1L), 3, null));
        assertThat(gpu.xid()).isNull();
        assertThat(machine.problems()).isEmpty();
    }

    @Test
    void linksHaveTheirCountersAndOtherEnds() throws IOException {
        List<GpuLink> links = machine(FakeMachines.h100s()).gpus().get(3).links();
        assertThat(links).hasSize(18);
        assertThat(links)
                .element(17)
                .isEqualTo(
                        new GpuLink(17, "nvlink", "active", "switch", "0000:07:00.0", 2003L * 1024, 1003L * 1024, 7L));
    }

    @Test
    void whatHoldsClocksBackIsNamedAndBeingIdleIsNot() throws IOException {
        Gpu gpu = machine(FakeMachines.h100s()).gpus().get(2);
        assertThat(gpu.throttleReasons()).containsExactly("sw_power_cap", "hw_thermal_slowdown");
    }

    @Test
    void aSplitCardHasItsInstances() throws IOException {
        Gpu gpu = machine(FakeMachines.h100s()).gpus().get(1);
        assertThat(gpu.modes()).isEqualTo(new GpuModes(true, "exclusive_process", true, "none"));
        assertThat(gpu.utilizationPercent()).isNull();
        assertThat(gpu.partitions())
                .containsExactly(
                        new GpuPartition("MIG-110", "3g.40gb", 1, 0, 40 * GIB, 3 * GIB, null),
                        new GpuPartition("MIG-111", "1g.10gb", 9, 0, 10 * GIB, 3 * GIB, null));
    }

    @Test
    void howBusyAnInstanceIsComesOfTwoSamples() throws IOException {
        TestMachine machine = machine(FakeMachines.h100s());
        assertThat(machine.gpus().get(1).partitions())
                .extracting(GpuPartition::utilizationPercent)
                .containsOnlyNulls();
        assertThat(machine.gpus().get(1).partitions())
                .extracting(GpuPartition::utilizationPercent)
                .containsExactly(63.5, 8.25);
        machine.nvml().card(1).load(1, 0);
        assertThat(machine.gpus().get(1).partitions())
                .extracting(GpuPartition::utilizationPercent)
                .containsExactly(0.0, 8.25);
        assertThat(machine.problems()).isEmpty();
    }

    @Test
    void computeInstancesThatShareAGpuInstanceHaveNoLoadOfTheirOwn() throws IOException {
        FakeNvml nvml = FakeMachines.h100s();
        nvml.card(1).instances().get(1).ints("nvmlDeviceGetGpuInstanceId", 1);
        TestMachine machine = machine(nvml);
        machine.gpus();
        assertThat(machine.gpus().get(1).partitions())
                .extracting(GpuPartition::utilizationPercent)
                .containsOnlyNulls();
    }

    @Test
    void aGpuThatIsNotProfiledSaysSo() throws IOException {
        FakeNvml nvml = FakeMachines.h100s();
        nvml.card(0).struct("nvmlGpmQueryDeviceSupport", GpmSupport.SUPPORTED, 0);
        TestMachine machine = machine(nvml);
        machine.gpus();
        machine.gpus();
        assertThat(nvml.called("nvmlGpmSampleAlloc")).isEqualTo(4);
        assertThat(machine.absent())
                .contains(new Absent(
                        "0000:1b:00.0",
                        "partitions.utilization_percent",
                        Cause.NOT_SUPPORTED,
                        "nvmlGpmQueryDeviceSupport: not available"));
    }

    @Test
    void trafficIsTheGrowthOfItsCounters() throws IOException {
        TestMachine machine = machine(FakeMachines.h100s());
        machine.gpus();
        machine.passes(Duration.ofSeconds(2));
        machine.nvml().card(3).field(197, 5_000_000_600L).field(198, 6_000_001_000L);
        Pcie pcie = machine.gpus().get(3).pcie();
        assertThat(pcie).isEqualTo(new Pcie(4, 8, 5, 16, 500L, 300L, 14L));
    }

    /** 32 bits wrap within a second or two of heavy traffic, and more often in longer. */
    @Test
    void aCounterThatMayHaveWrappedIsNoTraffic() throws IOException {
        TestMachine machine = machine(FakeMachines.h100s());
        machine.nvml().card(3).field(197, 100).field(198, 100);
        machine.gpus();
        machine.passes(Duration.ofSeconds(2));
        machine.nvml().card(3).field(197, 900).field(198, 900);
        assertThat(machine.gpus().get(3).pcie()).isEqualTo(new Pcie(4, 8, 5, 16, null, null, 14L));
        machine.passes(Duration.ofMillis(50));
        machine.nvml().card(3).field(197, 1000).field(198, 1900);
        assertThat(machine.gpus().get(3).pcie()).isEqualTo(new Pcie(4, 8, 5, 16, 20_000L, 2_000L, 14L));
    }

    @Test
    void memoryThatWaitsForItsRepairIsAState() throws IOException {
        FakeNvml nvml = FakeMachines.h100s();
        nvml.card(4).field(144, 1, 1);
        nvml.card(5).field(145, 1, 1);
        List<Gpu> gpus = machine(nvml).gpus();
        assertThat(gpus)
                .extracting(Gpu::state)
                .startsWith(GpuState.OK, GpuState.OK, GpuState.OK, GpuState.OK)
                .contains(GpuState.DEGRADED)
                .element(4)
                .isEqualTo(GpuState.DEGRADED);
        assertThat(gpus.get(5).state()).isEqualTo(GpuState.DEGRADED);
        assertThat(gpus.get(6).state()).isEqualTo(GpuState.OK);
    }

    @Test
    void whatALaptopDoesNotSupportIsNullAndNoProblem() throws IOException {
        TestMachine machine = machine(FakeMachines.laptop());
        Gpu gpu = machine.gpu();
        assertThat(gpu.name()).isEqualTo("NVIDIA GeForce RTX 4060 Laptop GPU");
        assertThat(gpu.utilizationPercent()).isZero();
        assertThat(gpu.serial()).isNull();
        assertThat(gpu.temperatureCelsius()).isNull();
        assertThat(gpu.temperatureMemoryCelsius()).isNull();
        assertThat(gpu.powerWatts()).isNull();
        assertThat(gpu.energyJoulesTotal()).isNull();
        assertThat(gpu.performanceState()).isNull();
        assertThat(gpu.engines()).isNull();
        assertThat(gpu.ecc()).isNull();
        assertThat(gpu.links()).isEmpty();
        assertThat(gpu.partitions()).isEmpty();
        assertThat(gpu.throttleReasons()).isEmpty();
        assertThat(gpu.fanPercent()).isEqualTo(100);
        assertThat(gpu.fanRpm()).isEqualTo(1800);
        assertThat(gpu.modes()).isEqualTo(new GpuModes(null, null, null, null));
        assertThat(machine.problems()).isEmpty();
        assertThat(machine.absent())
                .contains(new Absent(
                        "0000:01:00.0",
                        "engines.encoder",
                        Cause.NOT_SUPPORTED,
                        "nvmlDeviceGetEncoderUtilization: NOT_SUPPORTED"));
    }

    /** It takes 40 ms of each GPU, so a snapshot does not, nor whoever asks often. */
    @Test
    void trafficIsMeasuredOnlyByWhoStaysAndHasTime() throws IOException {
        TestMachine once = machine(FakeMachines.laptop());
        once.gpus();
        once.passes(Duration.ofSeconds(2));
        assertThat(once.gpu().pcie()).isEqualTo(new Pcie(4, 8, null, null, null, null, null));
        TestMachine live = TestMachine.of(folder, FakeMachines.laptop(), true);
        live.gpus();
        live.passes(Duration.ofMillis(100));
        assertThat(live.gpu().pcie()).isEqualTo(new Pcie(4, 8, null, null, null, null, null));
        live.passes(Duration.ofSeconds(1));
        assertThat(live.gpu().pcie()).isEqualTo(new Pcie(4, 8, null, null, 750_000L, 250_000L, null));
        live.gpuReader().release();
    }

    @Test
    void aGpuWithoutMemoryOfItsOwnUsesTheHosts() throws IOException {
        Gpu gpu = machine(FakeMachines.gb10()).gpu();
        assertThat(gpu.memorySharedWithHost()).isTrue();
        assertThat(gpu.memoryTotalBytes()).isNull();
        assertThat(gpu.memoryUsedBytes()).isNull();
        assertThat(gpu.utilizationPercent()).isEqualTo(90);
    }

    @Test
    void aLostGpuIsToldAndTheOthersAreWhole() throws IOException {
        TestMachine machine = machine(FakeMachines.oneLost());
        List<Gpu> gpus = machine.gpus();
        assertThat(gpus).extracting(Gpu::state).containsExactly(GpuState.LOST, GpuState.OK);
        assertThat(gpus.get(0).pciBusId()).isEqualTo("0000:1b:00.0");
        assertThat(gpus.get(0).utilizationPercent()).isNull();
        assertThat(gpus.get(1).utilizationPercent()).isEqualTo(91);
        assertThat(machine.problems()).isEmpty();
        assertThat(machine.absent())
                .contains(new Absent("0000:1b:00.0", null, Cause.LOST, "nvmlDeviceGetHandleByPciBusId_v2"));
    }

    @Test
    void aGpuThatIsLostLaterKeepsItsFactsAndIsAskedOnlyOnce() throws IOException {
        TestMachine machine = machine(FakeMachines.gb10());
        machine.gpus();
        machine.nvml().card(0).loses();
        machine.nvml().forgetCalls();
        Gpu gpu = machine.gpu();
        assertThat(gpu.state()).isEqualTo(GpuState.LOST);
        assertThat(gpu.name()).isEqualTo("NVIDIA GB10");
        assertThat(gpu.temperatureCelsius()).isNull();
        assertThat(gpu.links()).isNull();
        assertThat(machine.nvml().calls().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void anOldDriverGivesLess() throws IOException {
        TestMachine machine = machine(FakeMachines.old());
        Gpu gpu = machine.gpu();
        assertThat(gpu.cudaVersion()).isEqualTo("13.0");
        assertThat(gpu.memoryTotalBytes()).isEqualTo(80 * GIB);
        assertThat(gpu.memoryUsedBytes()).isEqualTo(60 * GIB);
        assertThat(gpu.memoryReservedBytes()).isNull();
        assertThat(gpu.memorySharedWithHost()).isFalse();
        assertThat(gpu.throttleReasons()).containsExactly("sw_thermal_slowdown");
        assertThat(gpu.energyJoulesTotal()).isEqualTo(5);
        assertThat(gpu.temperatureMemoryCelsius()).isNull();
        assertThat(gpu.ecc()).isEqualTo(new GpuEcc(true, new EccCounts(31L, 32L), new EccCounts(33L, 34L), null, null));
        assertThat(gpu.links())
                .containsExactly(
                        new GpuLink(0, "nvlink", "active", "switch", null, null, null, null),
                        new GpuLink(1, "nvlink", "inactive", null, null, null, null, null));
        assertThat(machine.problems()).isEmpty();
    }

    /** Static facts are asked once; a pass over eight GPUs asks what changes. */
    @Test
    void aPassAsksFewThings() throws IOException {
        TestMachine machine = machine(FakeMachines.h100s());
        machine.gpus();
        machine.nvml().forgetCalls();
        machine.passes(Duration.ofSeconds(1));
        machine.gpus();
        int calls = machine.nvml().calls().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(calls / 8).as("%s", machine.nvml().calls()).isLessThan(30);
        assertThat(machine.nvml().called("nvmlDeviceGetName")).isZero();
        assertThat(machine.nvml().called("nvmlDeviceGetFieldValues")).isEqualTo(16);
    }
}
