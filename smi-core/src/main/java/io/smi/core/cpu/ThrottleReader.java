package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each package was slowed down because of heat since boot, by its id: {@code package_throttle_count}, which
 * Intel's processors have. Every CPU of a package counts the same events, so the first one is asked.
 */
public final class ThrottleReader implements Reader<Map<Integer, Long>> {
    private final KernelFiles sys;
    private final OnlineCpus onlineCpus;
    private final Map<Integer, KernelFile> counters = new TreeMap<>();
    private @Nullable BitSet online;

    /** Reads this sysfs. */
    public ThrottleReader(Roots roots) {
        this.sys = roots.sys();
        this.onlineCpus = new OnlineCpus(sys);
    }

    @Override
    public @Nullable Map<Integer, Long> read(Problems problems) throws IOException {
        // What is wrong with the topology, TopologyReader tells.
        BitSet now = onlineCpus.read(new Problems());
        if (!now.equals(online)) {
            open(now);
            online = now;
        }
        Map<Integer, Long> counts = new TreeMap<>();
        for (Map.Entry<Integer, KernelFile> counter : counters.entrySet()) {
            Long count = KernelFiles.number(counter.getValue(), problems);
            if (count != null) {
                counts.put(counter.getKey(), count);
            }
        }
        return counts.isEmpty() ? null : counts;
    }

    private void open(BitSet cpus) throws IOException {
        for (KernelFile counter : counters.values()) {
            counter.close();
        }
        counters.clear();
        BitSet seen = new BitSet();
        Problems told = new Problems();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            String path = OnlineCpus.path(cpu, "thermal_throttle/package_throttle_count");
            Integer packageId = seen.get(cpu) || !sys.exists(path) ? null : TopologyReader.packageId(sys, cpu, told);
            if (packageId != null) {
                counters.putIfAbsent(packageId, sys.file(path));
                BitSet neighbours = TopologyReader.siblings(sys, cpu, "package_cpus_list", "core_siblings_list", told);
                if (neighbours != null) {
                    seen.or(neighbours);
                }
            }
        }
    }
}
