package io.smi.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.ReaderStats;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerMetricsTest {
    static final ServerStats STATS = new ServerStats(
            "0.1.0",
            1200,
            3,
            0.75,
            2,
            5,
            1024,
            6000,
            17,
            1,
            List.of(new ReaderStats("meminfo", true, 0.000_125, 0, 0), new ReaderStats("nvml", false, 2.5, 4, 1)));

    @Test
    void tellsTheServersStateAndItsReaders() {
        assertThat(text(STATS).lines().filter(line -> !line.startsWith("#") && !line.startsWith("process_")))
                .containsExactly(
                        "smi_build_info{version=\"0.1.0\"} 1",
                        "smi_frame_age_seconds 0.75",
                        "smi_frames_total 1200.0",
                        "smi_reader_duration_seconds{reader=\"meminfo\"} 1.25E-4",
                        "smi_reader_duration_seconds{reader=\"nvml\"} 2.5",
                        "smi_reader_failures_total{reader=\"meminfo\"} 0.0",
                        "smi_reader_failures_total{reader=\"nvml\"} 1.0",
                        "smi_reader_success{reader=\"meminfo\"} 1.0",
                        "smi_reader_success{reader=\"nvml\"} 0.0",
                        "smi_reader_timeouts_total{reader=\"meminfo\"} 0.0",
                        "smi_reader_timeouts_total{reader=\"nvml\"} 4.0",
                        "smi_sse_clients 5.0",
                        "smi_sse_clients_max 1024.0",
                        "smi_sse_dropped_total 17.0",
                        "smi_sse_events_total 6000.0",
                        "smi_sse_rejected_total 1.0",
                        "smi_tick_interval_seconds 2.0",
                        "smi_ticks_dropped_total 3.0");
    }

    @Test
    void beforeTheFirstFrameThereIsNoAge() {
        ServerStats fresh = new ServerStats("0.1.0", 0, 0, null, 2, 0, 1024, 0, 0, 0, List.of());
        assertThat(text(fresh)).contains("smi_frames_total 0.0").doesNotContain("smi_frame_age_seconds");
    }

    @ParameterizedTest
    @EnumSource(Exposition.class)
    void isClean(Exposition format) {
        byte[] text = format.render(ServerMetrics.of(STATS));
        assertThat(ExpositionReader.read(format, new String(text, StandardCharsets.UTF_8)))
                .hasSizeGreaterThanOrEqualTo(14);
    }

    @Test
    void everyFamilyHasOneTable() {
        List<String> names = Stream.concat(ServerMetrics.TABLES.stream(), FrameMetrics.tables())
                .flatMap(table -> table.families().stream())
                .map(Family::name)
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void measuresThisProcess() {
        OwnProcess self = new OwnProcess(new File("/proc"));
        assertThat(self.cpuSeconds()).isPositive();
        assertThat(self.residentBytes()).isBetween(10L << 20, 64L << 30);
        assertThat(self.openFiles()).isGreaterThan(3);
        assertThat(self.startTime()).isBetween(1.7e9, System.currentTimeMillis() / 1000.0);
    }

    @Test
    void readsWhatTheKernelTells(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("self/fd"));
        Files.createFile(proc.resolve("self/fd/0"));
        Files.createFile(proc.resolve("self/fd/1"));
        Files.writeString(proc.resolve("self/status"), "Name:\tsmi\nVmHWM:\t  70000 kB\nVmRSS:\t   56000 kB\n");
        Files.writeString(proc.resolve("self/limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 524288               files
                """);
        OwnProcess self = new OwnProcess(proc.toFile());
        assertThat(self.residentBytes()).isEqualTo(56_000L * 1024);
        assertThat(self.openFiles()).isEqualTo(2);
        assertThat(self.maxFiles()).isEqualTo(1024);
    }

    @Test
    void whatTheKernelDoesNotTellHasNoSeries(@TempDir Path proc) throws IOException {
        assertThat(OwnProcess.TABLE.snapshots(new OwnProcess(proc.toFile())))
                .extracting(family -> family.getMetadata().getName())
                .containsOnly("process_cpu_seconds", "process_start_time_seconds");
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/limits"), "Max open files            unlimited   unlimited    files\n");
        assertThat(new OwnProcess(proc.toFile()).maxFiles()).isNull();
    }

    private static String text(ServerStats stats) {
        return new String(Exposition.TEXT.render(ServerMetrics.of(stats)), StandardCharsets.UTF_8);
    }
}
