package io.smi.server.metrics;

import io.smi.schema.ProcessGpu;
import io.smi.schema.ProcessInfo;
import io.smi.schema.SnapshotFrame;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The busiest of {@code processes} as metrics: each that comes and goes is new series for whoever stores them. */
final class ProcessMetrics {
    /** Most CPU first, then most memory. */
    static final int MOST = 50;

    private static final Comparator<ProcessInfo> BUSIEST_FIRST = Comparator.comparing(
                    ProcessInfo::cpuPercent, Comparator.nullsFirst(Comparator.<Double>naturalOrder()))
            .thenComparing(ProcessInfo::memoryRssBytes, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .reversed()
            .thenComparing(ProcessInfo::pid);

    private static final Table<SnapshotFrame, ProcessInfo> PROCESSES = Table.of(ProcessMetrics::busiest)
            .label("pid", ProcessInfo::pid)
            .label("name", ProcessInfo::name)
            .family(
                    "smi_process_cpu_ratio",
                    "CPU time of the process over the window; 1 is one logical CPU.",
                    row -> Value.ratio(row.cpuPercent()))
            .family(
                    "smi_process_cpu_seconds_total",
                    "CPU time of the process, user and system.",
                    ProcessInfo::cpuSecondsTotal)
            .family("smi_process_memory_rss_bytes", "Resident memory of the process.", ProcessInfo::memoryRssBytes)
            .family(
                    "smi_process_memory_virtual_bytes",
                    "Address space of the process.",
                    ProcessInfo::memoryVirtualBytes)
            .family(
                    "smi_process_memory_ratio",
                    "Resident memory of the process as a share of the machine's.",
                    row -> Value.ratio(row.memoryPercent()))
            .family("smi_process_read_bytes_total", "Read from disks by the process.", ProcessInfo::readBytesTotal)
            .family(
                    "smi_process_written_bytes_total",
                    "Written to disks by the process.",
                    ProcessInfo::writtenBytesTotal)
            .family("smi_process_threads", "Threads of the process.", ProcessInfo::threads)
            .family("smi_process_start_time_seconds", "When the process was started.", ProcessMetrics::startTime)
            .build();

    private static final Table<SnapshotFrame, Part<ProcessInfo, ProcessGpu>> GPUS =
            Table.<SnapshotFrame, Part<ProcessInfo, ProcessGpu>>of(frame -> Part.of(busiest(frame), ProcessInfo::gpus))
                    .label("pid", row -> row.whole().pid())
                    .label("name", row -> row.whole().name())
                    .label("uuid", row -> row.part().uuid())
                    .family(
                            "smi_process_gpu_memory_used_bytes",
                            "Device memory that the process holds.",
                            row -> row.part().memoryUsedBytes())
                    .family(
                            "smi_process_gpu_gtt_used_bytes",
                            "Host memory that the process has mapped for the device (GTT).",
                            row -> row.part().gttUsedBytes())
                    .family(
                            "smi_process_gpu_utilization_ratio",
                            "Share of the window in which the process kept the device busy.",
                            row -> Value.ratio(row.part().utilizationPercent()))
                    .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(PROCESSES, GPUS);

    private ProcessMetrics() {}

    private static List<ProcessInfo> busiest(SnapshotFrame frame) {
        return frame.processes() == null
                ? List.of()
                : frame.processes().stream().sorted(BUSIEST_FIRST).limit(MOST).toList();
    }

    private static @Nullable Number startTime(ProcessInfo process) {
        return process.startTime() == null ? null : process.startTime().toEpochMilli() / 1000.0;
    }
}
