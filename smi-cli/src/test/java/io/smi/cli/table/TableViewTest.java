package io.smi.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.text.Glyphs;
import io.smi.schema.ChassisBuilder;
import io.smi.schema.CoreType;
import io.smi.schema.CpuBuilder;
import io.smi.schema.CpuModes;
import io.smi.schema.ErrorKind;
import io.smi.schema.Fan;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import io.smi.schema.LoadAverage;
import io.smi.schema.LogicalCpu;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.Network;
import io.smi.schema.NetworkBuilder;
import io.smi.schema.PowerSupply;
import io.smi.schema.ProcessInfo;
import io.smi.schema.ProcessInfoBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.SnapshotFrameBuilder;
import io.smi.schema.Storage;
import io.smi.schema.StorageBuilder;
import io.smi.schema.Temperature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableViewTest {
    private static final Style PLAIN = new Style(false, true);

    @Test
    void aServer() {
        assertThat(table(server(), PLAIN)).isEqualTo("""
                gpu-7  Debian GNU/Linux 12 (bookworm), Linux 6.8.0-41-generic        up 12 d 3 h
                Supermicro AS-4125GS-TNRT                                    load 3.10 2.95 2.40

                GPU   0 NVIDIA H100 80GB HBM3                                   0000:3b:00.0  ok
                      ██████████████▊·········   61.7 %     1.98 GHz     54 °C    310 W of 700 W
                      ████████████▍···········   51.5 %   41.2 GiB of 80.0 GiB
                      held back: sw_power_cap

                GPU   1 NVIDIA                                              0000:86:00.0  asleep

                CPU   AMD EPYC 9354 32-Core Processor                         2 cores, 3 threads
                      ███·····················   12.5 %     3.25 GHz     47 °C     120 W
                      user 8.1  nice 0.0  system 3.2  iowait 0.4  steal 0.0  guest 0.0
                      0    █████████▏  91.0 %  1    ··········   0.4 %  2    ··········       -

                MEM   ██████··················   25.0 %   251 GiB of 1.00 TiB      773 GiB avail
                      ███·····················   12.5 %   8.00 GiB of 64.0 GiB limit

                SENS  k10temp Tctl                  47 °C  nct6798 CPU Fan            1450 rpm
                      power (bmc)                   842 W

                ! cpu rapl denied: /sys/class/powercap/intel-rapl:0/energy_uj: permission denied
                """);
    }

    /** What a graphics card maps of the host's memory is none of its own; to a processor's GPU it is. */
    @Test
    void aGpuThatUsesTheHostsMemoryHasWhatItMaps() {
        GpuBuilder gpu = GpuBuilder.builder()
                .memoryUsedBytes(1L << 29)
                .memoryTotalBytes(1L << 30)
                .gttUsedBytes(50L << 30)
                .gttTotalBytes(95L << 30);
        assertThat(table(frame().gpus(List.of(gpu.build())).build(), PLAIN)).contains("  512 MiB of 1.00 GiB");
        gpu.memorySharedWithHost(true);
        assertThat(table(frame().gpus(List.of(gpu.build())).build(), PLAIN)).contains("  50.5 GiB of 96.0 GiB");
        gpu.gttTotalBytes(null);
        assertThat(table(frame().gpus(List.of(gpu.build())).build(), PLAIN)).contains("  512 MiB of 1.00 GiB");
    }

    @Test
    void whatIsNotKnownIsADashAndNoZero() {
        SnapshotFrame bare = frame().cpus(
                        List.of(CpuBuilder.builder().logical(List.of()).build()))
                .memory(List.of(MemoryBuilder.builder().build()))
                .build();
        assertThat(table(bare, PLAIN))
                .doesNotContain("0 %")
                .doesNotContain("null")
                .contains("- of -");
    }

    @Test
    void disksAndNetworks() {
        Storage root = StorageBuilder.builder()
                .mountPoint("/")
                .fsType("ext4")
                .totalBytes(468L << 30)
                .usedBytes(117L << 30)
                .readBytesPerSecond(1L << 20)
                .writtenBytesPerSecond(40L << 20)
                .busyPercent(12.0)
                .build();
        Storage silent = StorageBuilder.builder()
                .mountPoint("/mnt/a/server/that/does/not/answer")
                .fsType("fuse.sshfs")
                .build();
        Network eth = NetworkBuilder.builder()
                .name("ens7np0")
                .state("up")
                .speedMbps(200_000)
                .rxBytesPerSecond(1_250_000_000L)
                .txBytesPerSecond(0L)
                .rxErrorsTotal(1L)
                .txErrorsTotal(2L)
                .rxDroppedTotal(1_000_000L)
                .txDroppedTotal(0L)
                .build();
        SnapshotFrame frame = frame().storage(List.of(root, silent))
                .network(List.of(NetworkBuilder.builder().name("lo").build(), eth))
                .build();
        assertThat(table(frame, PLAIN)).endsWith("""

                    MOUNTED AT             TYPE     FULL      SIZE    READ/s   WRITE/s    BUSY
                    /                      ext4   25.0 %   468 GiB  1.00 MiB  40.0 MiB  12.0 %
                    /mnt/a/server/that/do… fuse.…      -         -         -         -       -

                    INTERFACE          STATE      Mbit/s      RX/s      TX/s    ERRORS   DROPPED
                    lo                 -               -         -         -         -         -
                    ens7np0            up         200000  1.16 GiB       0 B         3   1000000
                """);
    }

    @Test
    void manyProcessorsAreOneCharacterEach() {
        List<LogicalCpu> logical = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            logical.add(new LogicalCpu(i, i, CoreType.STANDARD, i * 100.0 / 127, null));
        }
        SnapshotFrame frame = frame().cpus(
                        List.of(CpuBuilder.builder().logical(logical).build()))
                .build();
        assertThat(table(frame, PLAIN).lines().toList())
                .anyMatch(line -> line.startsWith("         0 ▁") && line.length() == 75)
                .anyMatch(line -> line.startsWith("        64 ▅") && line.endsWith("█"));
    }

    @Test
    void processesComeByUseAndTheRestIsCounted() {
        List<ProcessInfo> processes = new ArrayList<>();
        for (int pid = 1; pid <= 25; pid++) {
            processes.add(ProcessInfoBuilder.builder()
                    .pid(pid)
                    .name("idle")
                    .state("S")
                    .cpuPercent(0.0)
                    .build());
        }
        processes.add(ProcessInfoBuilder.builder()
                .pid(4242)
                .user("ada")
                .name("python3")
                .state("R")
                .threads(64)
                .cpuPercent(812.4)
                .memoryRssBytes(13L << 30)
                .command("python3 train.py --api-key ***")
                .build());
        List<String> lines =
                table(frame().processes(processes).build(), PLAIN).lines().toList();
        assertThat(lines.get(3)).isEqualTo("   4242 ada         812.4 13.0 GiB   64 R python3 train.py --api-key ***");
        assertThat(lines).endsWith("    and 6 more, all of them with --json");
    }

    @Test
    void withoutUtf8OnlyAsciiIsPrinted() {
        assertThat(table(server(), new Style(false, false)))
                .matches("[\\n -~]+")
                .contains("54 C")
                .contains("###");
    }

    @Test
    void coloursAddNothingButCodes() {
        String coloured = table(server(), new Style(true, true));
        assertThat(coloured).contains("\033[32m");
        assertThat(coloured.replaceAll("\033\\[[0-9]+m", "")).isEqualTo(table(server(), PLAIN));
    }

    @Test
    void aNameCannotMoveTheCursor() {
        SnapshotFrame evil = frame().chassis(
                        List.of(chassis().product("box\033[2J\r").build()))
                .build();
        assertThat(table(evil, PLAIN)).contains("box?[2J?");
    }

    @Test
    void aNameCannotTurnTheDirectionOfWriting() {
        SnapshotFrame evil = frame().chassis(
                        List.of(chassis().product("a\u202Eb\uD800c\u200Bd").build()))
                .build();
        assertThat(table(evil, PLAIN)).contains("a?b?c?d");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        SnapshotFrame wide = frame().hostname("計算機".repeat(20))
                .chassis(List.of(chassis().build()))
                .build();
        String line = table(wide, PLAIN).lines().findFirst().orElseThrow();
        assertThat(line).startsWith("計算機".repeat(6) + "計…  ").endsWith("up -");
        assertThat(Glyphs.width(line)).isEqualTo(80);
    }

    @Test
    void aLongErrorIsWhole() {
        SnapshotFrame frame = frame().errors(List.of(
                        new FrameError(Section.CHASSIS, "power-supply", ErrorKind.FAILED, "x".repeat(100) + " end")))
                .build();
        List<String> lines = table(frame, PLAIN).lines().toList();
        assertThat(lines.get(2)).hasSize(80).startsWith("! chassis power-supply failed: xxx");
        assertThat(lines.get(3)).startsWith("      xxx").endsWith(" end");
    }

    @Test
    void aSecondTableSaysWhenItWas() {
        byte[] table = TableView.render(frame().build(), PLAIN, true);
        assertThat(new String(table, StandardCharsets.UTF_8)).isEqualTo("\n-- 1970-01-01T00:00:00Z\ngpu-7\n");
    }

    @Test
    void everyLineFitsIntoEightyColumns() {
        String longName = "x".repeat(200);
        SnapshotFrame frame = frame().hostname(longName)
                .chassis(List.of(chassis()
                        .product(longName)
                        .os(longName)
                        .temperatures(List.of(new Temperature(longName, longName, 1.0, null, null)))
                        .powerSupplies(List.of(new PowerSupply(longName, longName, 1.0)))
                        .build()))
                .cpus(List.of(
                        CpuBuilder.builder().model(longName).logical(List.of()).build()))
                .gpus(List.of(GpuBuilder.builder()
                        .name(longName)
                        .pciBusId("0000:3b:00.0")
                        .build()))
                .errors(List.of(new FrameError(Section.CPU, "stat", ErrorKind.FAILED, longName)))
                .build();
        assertThat(table(frame, PLAIN).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private static SnapshotFrame server() {
        return frame().gpus(gpus())
                .cpus(List.of(CpuBuilder.builder()
                        .model("AMD EPYC 9354 32-Core Processor")
                        .cores(2)
                        .threads(3)
                        .utilizationPercent(12.5)
                        .clockMhz(3250)
                        .temperatureCelsius(47.1)
                        .powerWatts(120.0)
                        .modesPercent(new CpuModes(8.1, 0.0, 3.2, 87.9, 0.4, 0.1, 0.3, 0.0, 0.0))
                        .logical(List.of(
                                new LogicalCpu(0, 0, CoreType.STANDARD, 91.0, null),
                                new LogicalCpu(1, 1, CoreType.STANDARD, 0.4, null),
                                new LogicalCpu(2, 1, CoreType.STANDARD, null, null)))
                        .build()))
                .memory(List.of(MemoryBuilder.builder()
                        .totalBytes(1L << 40)
                        .usedBytes(251L << 30)
                        .availableBytes(773L << 30)
                        .utilizationPercent(25.0)
                        .limitBytes(64L << 30)
                        .limitUsedBytes(8L << 30)
                        .swapTotalBytes(0L)
                        .swapUsedBytes(0L)
                        .build()))
                .chassis(List.of(chassis()
                        .product("AS-4125GS-TNRT")
                        .vendor("Supermicro")
                        .os("Debian GNU/Linux 12 (bookworm)")
                        .kernel("6.8.0-41-generic")
                        .virtualization("none")
                        .uptimeSeconds(1050000.0)
                        .loadAverage(new LoadAverage(3.1, 2.95, 2.4))
                        .powerWatts(842.0)
                        .powerSource("bmc")
                        .temperatures(List.of(new Temperature("k10temp", "Tctl", 47.1, null, null)))
                        .fans(List.of(new Fan("nct6798", "CPU Fan", 1450)))
                        .build()))
                .errors(List.of(new FrameError(
                        Section.CPU,
                        "rapl",
                        ErrorKind.DENIED,
                        "/sys/class/powercap/intel-rapl:0/energy_uj: permission denied")))
                .build();
    }

    private static List<Gpu> gpus() {
        return List.of(
                GpuBuilder.builder()
                        .index(0)
                        .name("NVIDIA H100 80GB HBM3")
                        .pciBusId("0000:3b:00.0")
                        .state(GpuState.OK)
                        .utilizationPercent(61.7)
                        .memoryUsedBytes(44238000000L)
                        .memoryTotalBytes(85899345920L)
                        .temperatureCelsius(54.0)
                        .powerWatts(310.0)
                        .powerLimitWatts(700.0)
                        .clockGraphicsMhz(1980)
                        .throttleReasons(List.of("sw_power_cap"))
                        .build(),
                GpuBuilder.builder()
                        .index(1)
                        .vendor("NVIDIA")
                        .pciBusId("0000:86:00.0")
                        .state(GpuState.ASLEEP)
                        .build());
    }

    private static ChassisBuilder chassis() {
        return ChassisBuilder.builder().temperatures(List.of()).fans(List.of()).powerSupplies(List.of());
    }

    private static SnapshotFrameBuilder frame() {
        return SnapshotFrameBuilder.builder()
                .seq(1)
                .timestamp(Instant.EPOCH)
                .hostname("gpu-7")
                .errors(List.of());
    }

    private static String table(SnapshotFrame frame, Style style) {
        return new String(TableView.render(frame, style, false), StandardCharsets.UTF_8);
    }
}
