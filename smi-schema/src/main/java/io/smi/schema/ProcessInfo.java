package io.smi.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process: one row of {@code processes}. */
@Built
public record ProcessInfo(
        @Key("Process id, in the pid namespace of the procfs that was read.")
        Integer pid,

        @Key("The parent's process id; 0 for those that the kernel started.") @Nullable
        Integer ppid,

        @Key("The kernel's short name (comm): at most 15 bytes for a program.") @Nullable
        String name,

        @Key("Name of the effective user, its number where it has no name.") @Nullable
        String user,

        @Key("R running, S sleeping, D waiting for a device, Z zombie, T stopped, t traced, I idle"
                + " kernel thread, X dead.")
        @Nullable
        String state,

        @Key("When it was started.") @Nullable Instant startTime,

        @Key(value = "Number of threads.", unit = "threads") @Nullable
        Integer threads,

        @Key("The kernel's priority.") @Nullable Integer priority,
        @Key("-20 (greedy) to 19 (modest).") @Nullable Integer nice,

        @Key("CPU time over the window; 100 is one logical CPU. Null for a process not seen in an earlier sample.")
        @Nullable
        Double cpuPercent,

        @Key("CPU time, user and system, since it was started.") @Nullable
        Double cpuSecondsTotal,

        @Key("Resident memory, shared pages included.") @Nullable
        Long memoryRssBytes,

        @Key("Address space.") @Nullable Long memoryVirtualBytes,

        @Key("memory_rss_bytes as a share of the machine's memory.") @Nullable
        Double memoryPercent,

        @Key("Read from disks; needs to be the same user or root.") @Nullable
        Long readBytesTotal,

        @Key("Written to disks; needs to be the same user or root.") @Nullable
        Long writtenBytesTotal,

        @Key("Command line, secrets replaced by *** unless --cmdline full; null for kernel threads"
                + " and with --cmdline none.")
        @Nullable
        String command,

        @Key("Id of the container that it runs in, from its cgroup; null outside of one.") @Nullable
        String containerId,

        @Key("Its cgroup: the v2 path; under v1 that of systemd's own hierarchy, of the memory or of the cpu"
                + " controller, whichever is the first that is not the root.")
        @Nullable
        String cgroup,

        @Key("Its use of accelerators; empty when it uses none, null when no reader can tell.") @Nullable
        List<ProcessGpu> gpus)
        implements Row {
    public ProcessInfo {
        startTime = Values.time(startTime);
        cpuPercent = Values.percentOfCore(cpuPercent);
        cpuSecondsTotal = Values.number(cpuSecondsTotal);
        memoryPercent = Values.percent(memoryPercent);
        gpus = Values.copy(gpus);
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.number("pid", pid);
        out.number("ppid", ppid);
        out.text("name", name);
        out.text("user", user);
        out.text("state", state);
        out.time("start_time", startTime);
        out.number("threads", threads);
        out.number("priority", priority);
        out.number("nice", nice);
        out.number("cpu_percent", cpuPercent);
        out.number("cpu_seconds_total", cpuSecondsTotal);
        out.number("memory_rss_bytes", memoryRssBytes);
        out.number("memory_virtual_bytes", memoryVirtualBytes);
        out.number("memory_percent", memoryPercent);
        out.number("read_bytes_total", readBytesTotal);
        out.number("written_bytes_total", writtenBytesTotal);
        out.text("command", command);
        out.text("container_id", containerId);
        out.text("cgroup", cgroup);
        out.rows("gpus", gpus);
    }
}
