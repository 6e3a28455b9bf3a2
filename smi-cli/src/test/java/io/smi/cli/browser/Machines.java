package io.smi.cli.browser;

import io.smi.schema.Chassis;
import io.smi.schema.ChassisBuilder;
import io.smi.schema.CoreType;
import io.smi.schema.Cpu;
import io.smi.schema.CpuBuilder;
import io.smi.schema.CpuModes;
import io.smi.schema.DeviceType;
import io.smi.schema.Fan;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameFormatException;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import io.smi.schema.LoadAverage;
import io.smi.schema.LogicalCpu;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.NetworkBuilder;
import io.smi.schema.PcieBuilder;
import io.smi.schema.Pressure;
import io.smi.schema.PressureStall;
import io.smi.schema.ProcessGpu;
import io.smi.schema.ProcessInfoBuilder;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.SnapshotFrameBuilder;
import io.smi.schema.StorageBuilder;
import io.smi.schema.Temperature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Frames to show: goldens of the readers, and a GPU server of any size. */
final class Machines {
    private static final Path GOLDENS = Path.of("../smi-core/src/test/resources/machines");
    private static final long GIB = 1L << 30;

    private Machines() {}

    /** The frame that the readers' tests expect of this machine. */
    static SnapshotFrame golden(String name) throws IOException, FrameFormatException {
        return FrameDecoder.decode(Files.readAllBytes(GOLDENS.resolve(name).resolve("expected.json")));
    }

    /** The names of them all. */
    static List<String> goldens() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDENS)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Two packages, memory and chassis beside these GPUs, at a step of their work. */
    static SnapshotFrameBuilder server(int gpus, int threads, long step) {
        return SnapshotFrameBuilder.builder()
                .seq(1000 + step)
                .timestamp(Instant.parse("2026-11-22T20:30:00Z").plusSeconds(step))
                .intervalMs(1000L)
                .hostname("gpu-node-07")
                .gpus(IntStream.range(0, gpus).mapToObj(i -> gpu(i, step)).toList())
                .cpus(List.of(cpu(0, threads / 2, step), cpu(1, threads / 2, step)))
                .memory(List.of(memory(step)))
                .chassis(List.of(chassis(step)))
                .errors(List.of());
    }

    /** Goes up and down between these two, each {@code phase} at its own time. */
    private static double wave(long step, double phase, double low, double high) {
        double slow = Math.sin(step / 11.0 + phase * 2.3);
        double fast = Math.sin(step / 2.7 + phase * 5.1);
        return low + (high - low) * (0.5 + 0.36 * slow + 0.14 * fast);
    }

    static Gpu gpu(int index, long step) {
        double load = wave(step, index, 62, 100);
        return GpuBuilder.builder()
                .index(index)
                .uuid("GPU-6b1f%04d-9d2e-4c1f-8a55-0f6f2b7e11aa".formatted(index))
                .name("NVIDIA H100 80GB HBM3")
                .vendor("NVIDIA")
                .deviceType(DeviceType.GPU)
                .pciBusId("0000:%02x:00.0".formatted(0x18 + index * 0x11))
                .state(GpuState.OK)
                .utilizationPercent(load)
                .memoryTotalBytes(80 * GIB)
                .memoryUsedBytes((long) (wave(step / 6, index, 52, 78) * GIB))
                .temperatureCelsius((double) Math.round(wave(step, index + 0.4, 48, 71)))
                .temperatureMemoryCelsius((double) Math.round(wave(step, index + 0.6, 55, 80)))
                .temperatureSlowdownCelsius(87.0)
                .temperatureShutdownCelsius(92.0)
                .powerWatts(load * 6.9)
                .powerLimitWatts(700.0)
                .clockGraphicsMhz(1980)
                .clockMemoryMhz(2619)
                .performanceState(0)
                .throttleReasons(index == 2 ? List.of("sw_power_cap") : List.of())
                .pcie(PcieBuilder.builder()
                        .generation(5)
                        .width(16)
                        .rxBytesPerSecond((long) (wave(step, index, 0.2, 9) * GIB))
                        .txBytesPerSecond((long) (wave(step, index + 1, 0.2, 3) * GIB))
                        .build())
                .links(List.of())
                .partitions(List.of())
                .build();
    }

    private static Cpu cpu(int index, int threads, long step) {
        List<LogicalCpu> logical = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            double load = Math.clamp(wave(step, i * 1.7, -40, 100), 0, 100);
            logical.add(new LogicalCpu(index * threads + i, i / 2, CoreType.STANDARD, load, 2400 + i));
        }
        double load = logical.stream()
                .mapToDouble(LogicalCpu::utilizationPercent)
                .average()
                .orElse(0);
        return CpuBuilder.builder()
                .packageId(index)
                .model("AMD EPYC 9754 128-Core Processor")
                .vendor("AMD")
                .cores(threads / 2)
                .threads(threads)
                .clockMhz((int) wave(step, index, 2250, 3100))
                .clockMaxMhz(3100)
                .utilizationPercent(load)
                .modesPercent(new CpuModes(load * 0.9, 0.0, load * 0.1, 100 - load, 0.0, 0.0, 0.0, 0.0, 0.0))
                .temperatureCelsius((double) Math.round(wave(step, index, 44, 63)))
                .powerWatts(wave(step, index, 140, 330))
                .logical(logical)
                .build();
    }

    private static Memory memory(long step) {
        long used = (long) (wave(step, 3, 300, 620) * GIB);
        return MemoryBuilder.builder()
                .totalBytes(1512 * GIB)
                .usedBytes(used)
                .availableBytes(1512 * GIB - used)
                .cachedBytes((long) (wave(step, 1, 400, 480) * GIB))
                .sharedBytes(3 * GIB)
                .dirtyBytes(81920L << 10)
                .utilizationPercent(100.0 * used / (1512 * GIB))
                .swapTotalBytes(8 * GIB)
                .swapUsedBytes(200L << 20)
                .build();
    }

    private static Chassis chassis(long step) {
        List<Temperature> temperatures = new ArrayList<>(List.of(
                new Temperature("k10temp", "Tctl", wave(step, 1, 40, 60), null, null),
                new Temperature("nvme", "Composite", 85.0, 82.0, 90.0),
                new Temperature("mlx5", "sensor0", 58.0, 105.0, null)));
        return ChassisBuilder.builder()
                .vendor("Supermicro")
                .product("AS-8125GS-TNHR")
                .biosVersion("1.8")
                .os("Debian GNU/Linux 12 (bookworm)")
                .kernel("6.8.0-41-generic")
                .virtualization("none")
                .uptimeSeconds(1_050_000.0 + step)
                .loadAverage(new LoadAverage(wave(step, 2, 40, 120), 88.1, 70.42))
                .pressure(new Pressure(
                        new PressureStall(wave(step, 5, 0, 12), null, 10.0, null),
                        new PressureStall(0.0, 0.0, 1.0, 1.0),
                        new PressureStall(wave(step, 6, 0, 4), 1.0, 2.0, 1.0)))
                .powerWatts(wave(step, 2, 5200, 7600))
                .powerSource("bmc")
                .temperatures(temperatures)
                .fans(List.of(new Fan("nct6798", "CPU Fan", 8450), new Fan("nct6798", "Rear", 11200)))
                .powerSupplies(List.of())
                .build();
    }

    /** The sections that are shown on request. */
    static SnapshotFrameBuilder withLists(SnapshotFrameBuilder frame) {
        return frame.processes(IntStream.range(0, 40)
                        .mapToObj(i -> ProcessInfoBuilder.builder()
                                .pid(1200 + i)
                                .name("python3")
                                .user("ada")
                                .state("R")
                                .threads(64 + i)
                                .cpuPercent(1200.0 / (i + 1))
                                .memoryRssBytes((40L - i) * GIB)
                                .command("python3 train.py --rank " + i + " --config /srv/jobs/llama/pretrain.yaml")
                                .gpus(List.of(new ProcessGpu("GPU-6b1f0000", 30 * GIB, null, 90.0, "compute")))
                                .build())
                        .toList())
                .storage(List.of(
                        StorageBuilder.builder()
                                .mountPoint("/")
                                .device("/dev/nvme0n1p2")
                                .fsType("ext4")
                                .totalBytes(900 * GIB)
                                .usedBytes(310 * GIB)
                                .readBytesPerSecond(81L << 20)
                                .writtenBytesPerSecond(12L << 20)
                                .busyPercent(12.5)
                                .build(),
                        StorageBuilder.builder()
                                .mountPoint("/srv")
                                .device("lustre@tcp:/srv")
                                .fsType("lustre")
                                .build()))
                .network(List.of(NetworkBuilder.builder()
                        .name("ib0")
                        .state("up")
                        .speedMbps(400_000)
                        .rxBytesPerSecond(31 * GIB)
                        .txBytesPerSecond(29 * GIB)
                        .rxErrorsTotal(0L)
                        .txErrorsTotal(0L)
                        .rxDroppedTotal(12L)
                        .build()));
    }
}
