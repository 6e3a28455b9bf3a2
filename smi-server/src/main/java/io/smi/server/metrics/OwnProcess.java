package io.smi.server.metrics;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This process, by the names that Prometheus has given to what every exporter says of itself. What the kernel does not
 * tell is null.
 *
 * @param proc the {@code /proc} of the namespace that this process runs in
 */
record OwnProcess(File proc) {
    static final Table<OwnProcess, OwnProcess> TABLE = Table.<OwnProcess>ofOne()
            .family("process_cpu_seconds_total", "CPU time of smi itself, user and system.", OwnProcess::cpuSeconds)
            .family("process_resident_memory_bytes", "Resident memory of smi itself.", OwnProcess::residentBytes)
            .family("process_open_fds", "Files and sockets that smi has open.", OwnProcess::openFiles)
            .family("process_max_fds", "How many it may have open.", OwnProcess::maxFiles)
            .family("process_start_time_seconds", "When smi was started.", OwnProcess::startTime)
            .build();

    @Nullable
    Double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(OwnProcess::seconds)
                .orElse(null);
    }

    @Nullable
    Double startTime() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> start.toEpochMilli() / 1000.0)
                .orElse(null);
    }

    private static Double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    @Nullable
    Long residentBytes() {
        Long kibibytes = number("status", "VmRSS:");
        return kibibytes == null ? null : kibibytes * 1024;
    }

    @Nullable
    Integer openFiles() {
        String[] files = new File(proc, "self/fd").list();
        return files == null ? null : files.length;
    }

    /** The soft limit, which is the one that counts; null when there is none. */
    @Nullable
    Long maxFiles() {
        return number("limits", "Max open files");
    }

    /** The first number on the line that starts so. */
    private @Nullable Long number(String file, String start) {
        for (String line : lines(file)) {
            if (line.startsWith(start)) {
                String first = line.substring(start.length()).strip().split("\\s+", 2)[0];
                return first.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.valueOf(first) : null;
            }
        }
        return null;
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.toPath().resolve("self").resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
