package io.smi.server.metrics;

import io.smi.schema.Chassis;
import io.smi.schema.ChassisBuilder;
import io.smi.schema.Cpu;
import io.smi.schema.CpuBuilder;
import io.smi.schema.DeviceType;
import io.smi.schema.EccCounts;
import io.smi.schema.ErrorKind;
import io.smi.schema.Fan;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuEcc;
import io.smi.schema.GpuLink;
import io.smi.schema.GpuModes;
import io.smi.schema.GpuPartition;
import io.smi.schema.GpuState;
import io.smi.schema.LoadAverage;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.Network;
import io.smi.schema.NetworkBuilder;
import io.smi.schema.Pcie;
import io.smi.schema.PowerSupply;
import io.smi.schema.Pressure;
import io.smi.schema.PressureStall;
import io.smi.schema.ProcessGpu;
import io.smi.schema.ProcessInfo;
import io.smi.schema.ProcessInfoBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.SnapshotFrameBuilder;
import io.smi.schema.Storage;
import io.smi.schema.StorageBuilder;
import io.smi.schema.Temperature;
import io.smi.schema.Xid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Frames to make metrics of. */
final class Frames {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.250Z");
    private static final Path MACHINES =
            Path.of(System.getProperty("basedir", ""), "../smi-core/src/test/resources/machines");

    private Frames() {}

    /** An empty frame to put sections into. */
    static SnapshotFrameBuilder frame() {
        return SnapshotFrameBuilder.builder()
                .seq(1)
                .timestamp(NOON)
                .hostname("h")
                .errors(List.of());
    }

    static SnapshotFrame gpus(Gpu... gpus) {
        return frame().gpus(List.of(gpus)).build();
    }

    static SnapshotFrame chassis(Chassis chassis) {
        return frame().chassis(List.of(chassis)).build();
    }

    static ChassisBuilder chassis() {
        return ChassisBuilder.builder().temperatures(List.of()).fans(List.of()).powerSupplies(List.of());
    }

    /** The fixture machines by name, and the {@link #full() full} one. */
    static Map<String, SnapshotFrame> all() throws IOException {
        Map<String, SnapshotFrame> frames = new TreeMap<>(Map.of("full", full()));
        try (Stream<Path> machines = Files.list(MACHINES)) {
            for (Path machine : machines.toList()) {
                byte[] json = Files.readAllBytes(machine.resolve("expected.json"));
                frames.put(machine.getFileName().toString(), FrameDecoder.decode(json));
            }
        }
        return frames;
    }

    /** A machine with all that a frame can hold. */
    static SnapshotFrame full() throws IOException {
        SnapshotFrame server = FrameDecoder.decode(Files.readAllBytes(MACHINES.resolve("epyc-2s/expected.json")));
        return frame().intervalMs(2000L)
                .gpus(List.of(h100(), gpuWithoutUuid(), lostGpu()))
                .cpus(List.of(throttled(Objects.requireNonNull(server.cpus()).getFirst())))
                .memory(List.of(memory()))
                .chassis(List.of(server()))
                .processes(List.of(process(4711, 1250.5, 8L << 30), process(1, 0.0, 12L << 20)))
                .storage(List.of(storage("/", "/dev/nvme0n1p2"), storage("/srv \"a\\b\"", "/dev/sdb")))
                .network(List.of(network()))
                .errors(List.of(
                        new FrameError(Section.CPU, "rapl", ErrorKind.DENIED, "/sys/a: permission denied"),
                        new FrameError(Section.CPU, "rapl", ErrorKind.DENIED, "/sys/b: permission denied"),
                        new FrameError(Section.GPU, "nvml", ErrorKind.TIMEOUT, "no answer within 2 s")))
                .build();
    }

    private static Cpu throttled(Cpu cpu) {
        return CpuBuilder.builder(cpu).throttleTotal(3L).build();
    }

    private static Gpu h100() {
        Map<String, Double> engines = new LinkedHashMap<>();
        engines.put("encoder", 12.34);
        engines.put("decoder", 0.0);
        return GpuBuilder.builder()
                .index(0)
                .uuid("GPU-1b2c3d4e")
                .name("NVIDIA H100 80GB HBM3")
                .vendor("NVIDIA")
                .deviceType(DeviceType.GPU)
                .pciBusId("0000:3b:00.0")
                .numaNode(0)
                .serial("1650123456789")
                .driverVersion("580.65.06")
                .cudaVersion("13.0")
                .vbiosVersion("96.00.89.00.01")
                .firmwareVersion("580.65.06")
                .state(GpuState.OK)
                .utilizationPercent(87.5)
                .memoryUtilizationPercent(41.07)
                .engines(engines)
                .idleResidencyPercent(Map.of("gt0", 62.5))
                .memoryTotalBytes(85_520_809_984L)
                .memoryUsedBytes(64_424_509_440L)
                .memoryFreeBytes(20_000_000_000L)
                .memoryReservedBytes(1_096_300_544L)
                .gttTotalBytes(103_079_215_104L)
                .gttUsedBytes(64_470_847_488L)
                .memorySharedWithHost(false)
                .temperatureCelsius(71.0)
                .temperatureMemoryCelsius(83.0)
                .temperatureSlowdownCelsius(89.0)
                .temperatureShutdownCelsius(92.0)
                .powerWatts(653.125)
                .powerLimitWatts(700.0)
                .powerLimitMaxWatts(700.0)
                .energyJoulesTotal(123_456_789.012)
                .clockGraphicsMhz(1980)
                .clockGraphicsMaxMhz(1980)
                .clockMemoryMhz(2619)
                .clockMemoryMaxMhz(2619)
                .fanPercent(0.0)
                .fanRpm(0)
                .performanceState(0)
                .throttleReasons(List.of("sw_power_cap"))
                .pcie(new Pcie(5, 16, 5, 16, 1_250_000L, 2_500_000L, 3L))
                .ecc(new GpuEcc(true, new EccCounts(1L, 0L), new EccCounts(20L, 2L), 1, 0))
                .modes(new GpuModes(true, "default", true, "none"))
                .xid(new Xid(2L, 79, NOON))
                .links(List.of(
                        new GpuLink(0, "nvlink", "active", "switch", "0000:07:00.0", 1000L, 2000L, 0L),
                        new GpuLink(1, "nvlink", "inactive", null, null, null, null, null)))
                .partitions(List.of(
                        new GpuPartition("MIG-aa", "3g.40gb", 1, 0, 42_000_000_000L, 1_000L, 33.3),
                        new GpuPartition("MIG-bb", "3g.40gb", 2, 0, 42_000_000_000L, 2_000L, null)))
                .detail(Map.of("architecture", "hopper"))
                .build();
    }

    private static Gpu gpuWithoutUuid() {
        return GpuBuilder.builder()
                .index(1)
                .name("Instinct MI300X")
                .vendor("AMD")
                .deviceType(DeviceType.GPU)
                .pciBusId("0000:5d:00.0")
                .state(GpuState.DEGRADED)
                .memoryTotalBytes(206_158_430_208L)
                .throttleReasons(List.of())
                .build();
    }

    private static Gpu lostGpu() {
        return GpuBuilder.builder().uuid("GPU-lost").state(GpuState.LOST).build();
    }

    private static Memory memory() {
        return MemoryBuilder.builder()
                .totalBytes(1_000_000_000_000L)
                .usedBytes(400_000_000_000L)
                .availableBytes(600_000_000_000L)
                .freeBytes(100_000_000_000L)
                .buffersBytes(1_000L)
                .cachedBytes(500_000_000_000L)
                .sharedBytes(2_000L)
                .dirtyBytes(3_000L)
                .utilizationPercent(40.0)
                .swapTotalBytes(8_000L)
                .swapUsedBytes(0L)
                .swapFreeBytes(8_000L)
                .limitBytes(64_000L)
                .limitUsedBytes(32_000L)
                .ecc(new EccCounts(7L, 0L))
                .build();
    }

    private static Chassis server() {
        return chassis()
                .product("XE9680")
                .vendor("Dell Inc.")
                .os("Debian GNU/Linux 12 (bookworm)")
                .kernel("6.1.0-28-amd64")
                .virtualization("none")
                .bootId("5f2b1c9e-0000-0000-0000-000000000000")
                .uptimeSeconds(86_400.12)
                .loadAverage(new LoadAverage(1.5, 2.25, 3.0))
                .pressure(new Pressure(
                        new PressureStall(1.5, null, 12.345, null),
                        new PressureStall(0.0, 0.0, 0.0, 0.0),
                        new PressureStall(20.05, 10.0, 99.5, 50.25)))
                .powerWatts(5400.0)
                .powerSource("bmc")
                .energyJoulesTotal(1.5e9)
                .temperatures(List.of(
                        new Temperature("nvme", "Composite", 40.85, 81.85, 84.85),
                        new Temperature("nvme", "Composite", 43.85, 81.85, 84.85),
                        new Temperature("acpitz", null, 16.8, null, null)))
                .fans(List.of(new Fan("dell_smm", "CPU fan", 4200)))
                .powerSupplies(
                        List.of(new PowerSupply("PSU1", "online", 1200.0), new PowerSupply("PSU2", "offline", null)))
                .build();
    }

    static ProcessInfo process(int pid, double cpuPercent, long rss) {
        return ProcessInfoBuilder.builder()
                .pid(pid)
                .name("train \"x\"")
                .cpuPercent(cpuPercent)
                .cpuSecondsTotal(12.5)
                .memoryRssBytes(rss)
                .memoryVirtualBytes(rss * 2)
                .memoryPercent(0.8)
                .readBytesTotal(100L)
                .writtenBytesTotal(200L)
                .threads(12)
                .startTime(NOON)
                .command("python train.py --token=hunter2")
                .gpus(List.of(new ProcessGpu("GPU-1b2c3d4e", 64_000_000_000L, 67_108_864L, 80.0, "compute")))
                .build();
    }

    private static Storage storage(String mountPoint, String device) {
        return StorageBuilder.builder()
                .mountPoint(mountPoint)
                .device(device)
                .fsType("ext4")
                .readOnly(false)
                .totalBytes(1000L)
                .usedBytes(300L)
                .availableBytes(650L)
                .inodesTotal(100L)
                .inodesFree(60L)
                .readBytesTotal(5000L)
                .readBytesPerSecond(10L)
                .writtenBytesTotal(6000L)
                .busyPercent(3.0)
                .temperatureCelsius(40.85)
                .build();
    }

    private static Network network() {
        return NetworkBuilder.builder()
                .name("eth0")
                .state("up")
                .speedMbps(10_000)
                .mac("52:54:00:12:34:56")
                .mtu(1500)
                .rxBytesTotal(123_456_789_012L)
                .txBytesTotal(1L)
                .rxErrorsTotal(0L)
                .txErrorsTotal(0L)
                .rxDroppedTotal(4L)
                .txDroppedTotal(0L)
                .build();
    }
}
