package io.smi.core.cpu;

import io.smi.core.Problems;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts logical CPUs together into cores, and cores into packages. */
final class Cores {
    private final List<Core> cores = new ArrayList<>();

    /**
     * A physical core.
     *
     * @param id what the kernel calls it; not unique
     * @param cpus its logical CPUs that are online
     * @param ids what told that these CPUs share a core, where the kernel does not list them
     */
    record Core(
            @Nullable Integer packageId,
            @Nullable Integer id,
            BitSet cpus,
            @Nullable List<?> ids) {
        int first() {
            return cpus.nextSetBit(0);
        }

        /** Whether it is known that these CPUs share a core, and no others. */
        boolean whole() {
            return ids == null || id != null;
        }
    }

    /** Adds the CPUs of a core, as the kernel lists them. */
    void addListed(BitSet cpus, @Nullable Integer packageId, @Nullable Integer id) {
        for (Core core : cores) {
            if (core.cpus.intersects(cpus)) {
                core.cpus.or(cpus);
                return;
            }
        }
        cores.add(new Core(packageId, id, cpus, null));
    }

    /**
     * Adds a CPU that the kernel does not list the siblings of: it shares the core of those with the same ids.
     *
     * @param id of the core; without it, nothing is known of its siblings
     * @param ids all that make the core's id unique
     */
    void addById(int cpu, @Nullable Integer packageId, @Nullable Integer id, List<?> ids) {
        for (Core core : cores) {
            if (id != null && ids.equals(core.ids)) {
                core.cpus.set(cpu);
                return;
            }
        }
        BitSet cpus = new BitSet();
        cpus.set(cpu);
        cores.add(new Core(packageId, id, cpus, ids));
    }

    /** Whether a core has this CPU. */
    boolean contain(int cpu) {
        for (Core core : cores) {
            if (core.cpus.get(cpu)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return cores.isEmpty();
    }

    /**
     * The cores of each package. Those without a package belong to the only one that there is, which is 0 where no core
     * has any; with several it cannot be told, and they are left out with a problem.
     */
    SortedMap<Integer, List<Core>> packages(Problems problems) {
        SortedMap<Integer, List<Core>> packages = new TreeMap<>();
        for (Core core : cores) {
            if (core.packageId != null) {
                add(packages, core.packageId, core);
            }
        }
        Integer only = packages.isEmpty() ? Integer.valueOf(0) : packages.size() == 1 ? packages.firstKey() : null;
        for (Core core : cores) {
            if (core.packageId == null && only != null) {
                add(packages, only, core);
            } else if (core.packageId == null) {
                problems.failed("cpu" + core.first() + ": not known which package it is in");
            }
        }
        return packages;
    }

    private static void add(Map<Integer, List<Core>> packages, Integer id, Core core) {
        List<Core> cores = packages.get(id);
        if (cores == null) {
            cores = new ArrayList<>();
            packages.put(id, cores);
        }
        cores.add(core);
    }
}
