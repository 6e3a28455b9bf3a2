package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.process.CmdlineMode;
import io.smi.core.process.CommandLine;
import io.smi.schema.ProcessInfo;
import io.smi.schema.ProcessInfoBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** OSHI's {@code OSProcess}es. */
public final class OshiProcessReader implements Reader<Map<Integer, ProcessInfo>> {
    private final OperatingSystem os;
    private final GlobalMemory memory;
    private final CmdlineMode cmdline;

    OshiProcessReader(OperatingSystem os, GlobalMemory memory, CmdlineMode cmdline) {
        this.os = os;
        this.memory = memory;
        this.cmdline = cmdline;
    }

    @Override
    public Map<Integer, ProcessInfo> read(Problems problems) {
        Long total = Known.positive(memory.getTotal());
        Map<Integer, ProcessInfo> processes = new TreeMap<>();
        for (OSProcess process : os.getProcesses()) {
            processes.put(process.getProcessID(), row(process, total));
        }
        return processes;
    }

    private ProcessInfo row(OSProcess process, @Nullable Long totalMemory) {
        Long resident = Known.count(process.getResidentMemory());
        Long started = Known.positive(process.getStartTime());
        return ProcessInfoBuilder.builder()
                .pid(process.getProcessID())
                .ppid(Known.small(process.getParentProcessID()))
                .name(Known.text(process.getName()))
                .user(Known.text(process.getUser()))
                .state(state(process.getState()))
                .startTime(started == null ? null : Instant.ofEpochMilli(started))
                .threads(Known.small(process.getThreadCount()))
                .cpuSecondsTotal((process.getKernelTime() + process.getUserTime()) / 1e3)
                .memoryRssBytes(resident)
                .memoryVirtualBytes(Known.count(process.getVirtualSize()))
                .memoryPercent(Span.percent(resident, totalMemory))
                .command(command(process))
                .build();
    }

    private @Nullable String command(OSProcess process) {
        return cmdline == CmdlineMode.NONE ? null : CommandLine.of(String.join("\0", process.getArguments()), cmdline);
    }

    /** As Linux calls them; those that OSHI puts together are null. */
    private static @Nullable String state(OSProcess.State state) {
        return switch (state) {
            case RUNNING -> "R";
            case SLEEPING -> "S";
            case WAITING -> "D";
            case ZOMBIE -> "Z";
            case STOPPED -> "T";
            default -> null;
        };
    }

    /** The rows of its section. */
    public static List<ProcessInfo> rows(Readings readings) {
        Map<Integer, ProcessInfo> now = readings.get(OshiProcessReader.class);
        Span<Map<Integer, ProcessInfo>> span = readings.span(OshiProcessReader.class);
        List<ProcessInfo> rows = new ArrayList<>();
        for (ProcessInfo row : now == null ? List.<ProcessInfo>of() : now.values()) {
            ProcessInfo before = span == null ? null : span.before().get(row.pid());
            Double cores = before == null || span == null || !isSame(before, row)
                    ? null
                    : span.perSecond(before.cpuSecondsTotal(), row.cpuSecondsTotal());
            rows.add(ProcessInfoBuilder.builder(row)
                    .cpuPercent(cores == null ? null : 100 * cores)
                    .build());
        }
        return rows;
    }

    /** A number is given to another process when its first has ended. */
    private static boolean isSame(ProcessInfo before, ProcessInfo now) {
        Instant started = before.startTime();
        return started != null && started.equals(now.startTime());
    }
}
