package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.CoreType;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which CPUs of a hybrid processor are the fast ones and which the frugal ones.
 *
 * <p>Intel's kinds of core have a performance monitoring unit each, which lists its CPUs. Elsewhere, cpu_capacity tells
 * how much work a CPU does at its highest clock, where 1024 is the most of this machine.
 */
record CoreTypes(BitSet performance, BitSet efficiency) {

    static CoreTypes read(KernelFiles sys, BitSet online, Problems problems) {
        BitSet performance = CpuList.read(sys, "devices/cpu_core/cpus", problems);
        BitSet efficiency = CpuList.read(sys, "devices/cpu_atom/cpus", problems);
        BitSet lowPower = CpuList.read(sys, "devices/cpu_lowpower/cpus", problems);
        if (performance == null && efficiency == null) {
            return byCapacity(sys, online, problems);
        }
        if (efficiency != null && lowPower != null) {
            efficiency.or(lowPower);
        }
        return new CoreTypes(
                performance == null ? others(online, efficiency) : performance,
                efficiency == null ? others(online, performance) : efficiency);
    }

    private static BitSet others(BitSet online, @Nullable BitSet these) {
        BitSet others = (BitSet) online.clone();
        if (these != null) {
            others.andNot(these);
        }
        return others;
    }

    /**
     * Cores of one design differ a little, where some are let run at higher clocks than others; so a core that does
     * four fifths of what the best one does counts as one of its kind.
     */
    private static CoreTypes byCapacity(KernelFiles sys, BitSet online, Problems problems) {
        CoreTypes types = new CoreTypes(new BitSet(), new BitSet());
        @Nullable Long[] capacities = new @Nullable Long[online.length()];
        long most = 0;
        for (int cpu = online.nextSetBit(0); cpu >= 0; cpu = online.nextSetBit(cpu + 1)) {
            String path = OnlineCpus.path(cpu, "cpu_capacity");
            Long capacity = sys.exists(path) ? sys.number(path, problems) : null;
            capacities[cpu] = capacity;
            most = capacity == null ? most : Math.max(most, capacity);
        }
        for (int cpu = 0; cpu < capacities.length; cpu++) {
            Long capacity = capacities[cpu];
            if (capacity != null) {
                (5 * capacity >= 4 * most ? types.performance : types.efficiency).set(cpu);
            }
        }
        return types.efficiency.isEmpty() ? new CoreTypes(new BitSet(), new BitSet()) : types;
    }

    CoreType of(int cpu) {
        if (performance.get(cpu)) {
            return CoreType.PERFORMANCE;
        }
        return efficiency.get(cpu) ? CoreType.EFFICIENCY : CoreType.STANDARD;
    }
}
