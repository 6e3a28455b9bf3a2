package io.smi.core.cpu;

import io.smi.schema.CoreType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the logical CPUs that are online make up cores and packages.
 *
 * @param packages by id
 */
public record Topology(List<CpuPackage> packages) {
    public Topology {
        packages = List.copyOf(packages);
    }

    /**
     * A processor in its socket.
     *
     * @param id physical_package_id; 0 where the kernel tells nothing of packages
     * @param cores with at least one CPU online; null when the kernel does not tell which CPUs share one
     * @param cacheBytes its last-level caches together
     * @param clockMaxMhz the highest clock of any of its CPUs
     * @param cpus by id
     */
    public record CpuPackage(
            int id,
            @Nullable Integer cores,
            @Nullable Long cacheBytes,
            @Nullable Integer clockMaxMhz,
            List<Logical> cpus) {
        public CpuPackage {
            cpus = List.copyOf(cpus);
        }
    }

    /**
     * A logical CPU.
     *
     * @param core core_id, unique within a package at best: on ARM, within a cluster
     */
    public record Logical(int id, @Nullable Integer core, CoreType type) {}
}
