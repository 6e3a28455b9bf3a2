package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.StaticReader;
import io.smi.core.cpu.Cores.Core;
import io.smi.core.cpu.Topology.CpuPackage;
import io.smi.core.cpu.Topology.Logical;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Packages, cores, caches and highest clocks, from {@code /sys/devices/system/cpu}; packages and cores from
 * {@code /proc/cpuinfo} where sysfs does not have them. Read once, and again when a CPU comes or goes.
 */
public final class TopologyReader extends StaticReader<Topology> {
    private final Roots roots;
    private final OnlineCpus onlineCpus;

    /** Reads these roots' sysfs, else procfs. */
    public TopologyReader(Roots roots) {
        this.roots = roots;
        this.onlineCpus = new OnlineCpus(roots.sys());
    }

    @Override
    protected Object holdFor(Problems problems) {
        return onlineCpus.read(problems);
    }

    @Override
    protected @Nullable Topology readOnce(Problems problems) throws IOException {
        // What is wrong with that list has been told.
        BitSet online = onlineCpus.read(new Problems());
        Cores cores = new Cores();
        int first = online.nextSetBit(0);
        if (first >= 0 && roots.sys().exists(OnlineCpus.path(first, "topology"))) {
            fromSysfs(cores, online, problems);
        } else {
            try (KernelFile cpuinfo = roots.proc().file("cpuinfo")) {
                fromCpuinfo(cores, Cpuinfo.read(cpuinfo));
            }
        }
        if (cores.isEmpty()) {
            return null;
        }
        CoreTypes types = CoreTypes.read(roots.sys(), online, problems);
        List<CpuPackage> packages = new ArrayList<>();
        for (Map.Entry<Integer, List<Core>> entry : cores.packages(problems).entrySet()) {
            packages.add(assemble(entry.getKey(), entry.getValue(), types, problems));
        }
        return new Topology(packages);
    }

    /** Goes from core to core: the siblings of a core's first CPU are in its package, and have its core id. */
    private void fromSysfs(Cores cores, BitSet online, Problems problems) {
        KernelFiles sys = roots.sys();
        for (int cpu = online.nextSetBit(0); cpu >= 0; cpu = online.nextSetBit(cpu + 1)) {
            if (cores.contain(cpu)) {
                continue;
            }
            Integer packageId = packageOf(sys, cpu, problems);
            Integer coreId = id(sys, cpu, "core_id", problems);
            BitSet siblings = siblings(sys, cpu, "core_cpus_list", "thread_siblings_list", problems);
            if (siblings == null || !siblings.get(cpu)) {
                Integer die = id(sys, cpu, "die_id", problems);
                Integer cluster = id(sys, cpu, "cluster_id", problems);
                cores.addById(cpu, packageId, coreId, Arrays.asList(packageId, die, cluster, coreId));
            } else {
                siblings.and(online);
                cores.addListed(siblings, packageId, coreId);
            }
        }
    }

    /** The package by the CPU's own word, else by that of another that is in the same one. */
    private static @Nullable Integer packageOf(KernelFiles sys, int cpu, Problems problems) {
        Integer id = packageId(sys, cpu, problems);
        BitSet neighbours = id == null ? siblings(sys, cpu, "package_cpus_list", "core_siblings_list", problems) : null;
        if (neighbours == null) {
            return id;
        }
        neighbours.clear(cpu);
        return neighbours.isEmpty() ? null : packageId(sys, neighbours.nextSetBit(0), problems);
    }

    /** The CPUs that share something with this one, by the list's name since Linux 5.3 or the one before. */
    static @Nullable BitSet siblings(KernelFiles sys, int cpu, String name, String earlier, Problems problems) {
        BitSet siblings = CpuList.read(sys, OnlineCpus.path(cpu, "topology/" + name), problems);
        return siblings == null ? CpuList.read(sys, OnlineCpus.path(cpu, "topology/" + earlier), problems) : siblings;
    }

    /** The package of a CPU; null when that cannot be told. */
    static @Nullable Integer packageId(KernelFiles sys, int cpu, Problems problems) {
        Long id = sys.number(OnlineCpus.path(cpu, "topology/physical_package_id"), problems);
        // So say boards whose firmware describes no packages: there is one.
        return id != null && id == -1 ? Integer.valueOf(0) : id(id);
    }

    private static @Nullable Integer id(KernelFiles sys, int cpu, String name, Problems problems) {
        return id(sys.number(OnlineCpus.path(cpu, "topology/" + name), problems));
    }

    private static @Nullable Integer id(@Nullable Long id) {
        return id == null || id < 0 || id > Integer.MAX_VALUE ? null : Integer.valueOf(id.intValue());
    }

    static void fromCpuinfo(Cores cores, Cursor text) {
        Integer cpu = null;
        Integer packageId = null;
        Integer coreId = null;
        do {
            if (Cpuinfo.key(text, "processor")) {
                add(cores, cpu, packageId, coreId);
                cpu = Cpuinfo.number(text);
                packageId = null;
                coreId = null;
            } else if (Cpuinfo.key(text, "physical id")) {
                packageId = Cpuinfo.number(text);
            } else if (Cpuinfo.key(text, "core id")) {
                coreId = Cpuinfo.number(text);
            }
        } while (text.nextLine());
        add(cores, cpu, packageId, coreId);
    }

    private static void add(Cores cores, @Nullable Integer cpu, @Nullable Integer packageId, @Nullable Integer coreId) {
        if (cpu != null && cpu < CpuList.MOST) {
            cores.addById(cpu, packageId, coreId, Arrays.asList(packageId, coreId));
        }
    }

    private CpuPackage assemble(int id, List<Core> cores, CoreTypes types, Problems problems) {
        KernelFiles sys = roots.sys();
        BitSet cpus = new BitSet();
        boolean whole = true;
        Long clockMax = null;
        Map<Integer, Logical> logical = new TreeMap<>();
        for (Core core : cores) {
            cpus.or(core.cpus());
            whole &= core.whole();
            Long clock = sys.number(OnlineCpus.path(core.first(), "cpufreq/cpuinfo_max_freq"), problems);
            clockMax = clockMax == null || (clock != null && clock > clockMax) ? clock : clockMax;
            for (int cpu = core.first(); cpu >= 0; cpu = core.cpus().nextSetBit(cpu + 1)) {
                logical.put(cpu, new Logical(cpu, core.id(), types.of(cpu)));
            }
        }
        return new CpuPackage(
                id,
                whole ? cores.size() : null,
                CacheSize.lastLevel(sys, cpus, problems),
                ClockReader.megahertz(clockMax),
                List.copyOf(logical.values()));
    }
}
