package io.smi.core.process;

import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.gpu.GpuUses;
import io.smi.core.memory.MeminfoReader;
import io.smi.core.memory.MeminfoReader.Meminfo;
import io.smi.core.process.ProcessReader.Processes;
import io.smi.core.process.ProcessSample.Io;
import io.smi.schema.ProcessGpu;
import io.smi.schema.ProcessInfo;
import io.smi.schema.ProcessInfoBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code process} section. */
public final class ProcessRows {
    private ProcessRows() {}

    /**
     * One row for each process, by pid.
     *
     * @param gpus what each uses of accelerators
     */
    public static List<ProcessInfo> of(Readings readings, GpuUses gpus) {
        Processes now = readings.get(ProcessReader.class);
        if (now == null) {
            return List.of();
        }
        Span<Processes> span = readings.span(ProcessReader.class);
        List<ProcessSample> before = span == null ? List.of() : span.before().list();
        Meminfo meminfo = readings.get(MeminfoReader.class);
        Long memory = meminfo == null ? null : meminfo.total();
        List<ProcessInfo> rows = new ArrayList<>(now.list().size());
        int earlier = 0;
        for (ProcessSample sample : now.list()) {
            while (earlier < before.size() && before.get(earlier).pid() < sample.pid()) {
                earlier++;
            }
            Double cpuPercent =
                    span == null || earlier == before.size() ? null : cpuPercent(span, before.get(earlier), sample);
            rows.add(row(sample, cpuPercent, memory, gpus.of(sample.pid())));
        }
        return rows;
    }

    /**
     * Share of one CPU. The kernel tells CPU time in hundredths of a second, so that of a short window more can come out
     * than there was: no more is told than the process's threads and the machine's CPUs could have used.
     */
    private static @Nullable Double cpuPercent(Span<Processes> span, ProcessSample before, ProcessSample now) {
        if (before.pid() != now.pid()
                || before.stat().startTicks() != now.stat().startTicks()) {
            return null;
        }
        Double seconds = span.perSecond(before.cpuSeconds(), now.cpuSeconds());
        if (seconds == null) {
            return null;
        }
        int threads = Math.max(before.stat().threads(), now.stat().threads());
        int cpus = span.after().cpus();
        int most = Math.max(1, cpus == 0 ? threads : Math.min(threads, cpus));
        return Math.min(100 * seconds, 100.0 * most);
    }

    private static ProcessInfo row(
            ProcessSample sample, @Nullable Double cpuPercent, @Nullable Long memory, @Nullable List<ProcessGpu> gpus) {
        ProcessStat stat = sample.stat();
        ProcessFacts facts = sample.facts();
        Io io = sample.io();
        Cgroup cgroup = facts.cgroup();
        return ProcessInfoBuilder.builder()
                .pid(sample.pid())
                .ppid(stat.ppid())
                .name(stat.name())
                .user(facts.user())
                .state(stat.state())
                .startTime(sample.startTime())
                .threads(stat.threads())
                .priority(stat.priority())
                .nice(stat.nice())
                .cpuPercent(cpuPercent)
                .cpuSecondsTotal(sample.cpuSeconds())
                .memoryRssBytes(sample.residentBytes())
                .memoryVirtualBytes(stat.virtualBytes())
                .memoryPercent(Span.percent(sample.residentBytes(), memory))
                .readBytesTotal(io == null ? null : io.readBytes())
                .writtenBytesTotal(io == null ? null : io.writtenBytes())
                .command(facts.command())
                .containerId(cgroup == null ? null : cgroup.containerId())
                .cgroup(cgroup == null ? null : cgroup.path())
                .gpus(gpus)
                .build();
    }
}
