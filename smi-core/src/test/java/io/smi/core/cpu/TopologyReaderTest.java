package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.cpu.Topology.CpuPackage;
import io.smi.core.cpu.Topology.Logical;
import io.smi.schema.CoreType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyReaderTest {
    private static final long MEBIBYTE = 1 << 20;

    private Problems problems = new Problems();
    private Tree tree;
    private TopologyReader reader;

    @BeforeEach
    void emptyMachine(@TempDir Path folder) {
        tree = new Tree(folder);
        reader = new TopologyReader(tree.roots());
    }

    @Test
    void aDesktopWithTwoThreadsPerCore() throws Exception {
        tree.online("0-3");
        for (int cpu = 0; cpu < 4; cpu++) {
            int core = cpu % 2;
            tree.topology(cpu, 0, core, core + "," + (core + 2))
                    .cpu(cpu, "cpufreq/cpuinfo_max_freq", core == 0 ? 4700000 : 4900000)
                    .cpu(cpu, "cpu_capacity", 1024)
                    .cache(cpu, 0, 1, "32K", core + "," + (core + 2))
                    .cache(cpu, 1, 1, "32K", core + "," + (core + 2))
                    .cache(cpu, 2, 2, "512K", core + "," + (core + 2))
                    .cache(cpu, 3, 3, "16384K", "0-3");
        }
        CpuPackage one = only();
        assertThat(one.id()).isZero();
        assertThat(one.cores()).isEqualTo(2);
        assertThat(one.clockMaxMhz()).isEqualTo(4900);
        assertThat(one.cacheBytes()).isEqualTo(16 * MEBIBYTE);
        assertThat(one.cpus()).containsExactly(standard(0, 0), standard(1, 1), standard(2, 0), standard(3, 1));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void twoSocketsWithTwoLastLevelCachesEach() throws Exception {
        tree.online("0-7");
        for (int cpu = 0; cpu < 8; cpu++) {
            int pair = cpu / 2 * 2;
            tree.topology(cpu, cpu / 4, cpu % 4, String.valueOf(cpu))
                    .cache(cpu, 3, 3, "32768K", pair + "-" + (pair + 1));
        }
        Topology topology = read();
        assertThat(topology.packages()).extracting(CpuPackage::id).containsExactly(0, 1);
        assertThat(topology.packages()).extracting(CpuPackage::cores).containsExactly(4, 4);
        assertThat(topology.packages())
                .extracting(CpuPackage::cacheBytes)
                .containsExactly(64 * MEBIBYTE, 64 * MEBIBYTE);
        assertThat(topology.packages().get(1).cpus()).extracting(Logical::id).containsExactly(4, 5, 6, 7);
    }

    @Test
    void anIntelHybridHasFastCoresWithTwoThreadsAndFrugalOnesWithOne() throws Exception {
        tree.online("0-7")
                .sys("devices/cpu_core/cpus", "0-3\n")
                .sys("devices/cpu_atom/cpus", "4-6\n")
                .sys("devices/cpu_lowpower/cpus", "7\n");
        for (int cpu = 0; cpu < 4; cpu++) {
            int first = cpu / 2 * 2;
            tree.topology(cpu, 0, first * 2, first + "-" + (first + 1)).cache(cpu, 3, 3, "12288K", "0-6");
        }
        for (int cpu = 4; cpu < 8; cpu++) {
            tree.topology(cpu, 0, cpu + 4, String.valueOf(cpu)).cache(cpu, 2, 2, "2048K", cpu < 7 ? "4-6" : "7");
        }
        for (int cpu = 4; cpu < 7; cpu++) {
            tree.cache(cpu, 3, 3, "12288K", "0-6");
        }
        CpuPackage one = only();
        assertThat(one.cores()).isEqualTo(6);
        assertThat(one.cacheBytes()).isEqualTo(12 * MEBIBYTE);
        assertThat(one.cpus())
                .extracting(Logical::type)
                .containsExactly(
                        CoreType.PERFORMANCE,
                        CoreType.PERFORMANCE,
                        CoreType.PERFORMANCE,
                        CoreType.PERFORMANCE,
                        CoreType.EFFICIENCY,
                        CoreType.EFFICIENCY,
                        CoreType.EFFICIENCY,
                        CoreType.EFFICIENCY);
    }

    @Test
    void coreIdsOfArmAreUniqueWithinAClusterOnly() throws Exception {
        rock5b();
        CpuPackage one = only();
        assertThat(one.cores()).isEqualTo(8);
        assertThat(one.clockMaxMhz()).isEqualTo(2400);
        assertThat(one.cacheBytes()).isEqualTo(3 * MEBIBYTE);
        assertThat(one.cpus()).extracting(Logical::core).containsExactly(0, 1, 2, 3, 0, 1, 0, 1);
    }

    @Test
    void theClusterTellsCoresApartWhereTheSiblingsAreNotListed() throws Exception {
        rock5b();
        for (int cpu = 0; cpu < 8; cpu++) {
            tree.cpu(cpu, "topology/cluster_id", cpu < 4 ? 0 : cpu / 2)
                    .delete("sys/devices/system/cpu/cpu" + cpu + "/topology/core_cpus_list")
                    .delete("sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
        }
        assertThat(only().cores()).isEqualTo(8);
    }

    @Test
    void coresOfOneDesignAtDifferentClocksAreOfOneType() throws Exception {
        rock5b();
        assertThat(only().cpus())
                .extracting(Logical::type)
                .containsExactly(
                        CoreType.EFFICIENCY,
                        CoreType.EFFICIENCY,
                        CoreType.EFFICIENCY,
                        CoreType.EFFICIENCY,
                        CoreType.PERFORMANCE,
                        CoreType.PERFORMANCE,
                        CoreType.PERFORMANCE,
                        CoreType.PERFORMANCE);
    }

    /** Four Cortex-A55 and two clusters of Cortex-A76, of which one may run a little faster. */
    private void rock5b() {
        tree.online("0-7");
        for (int cpu = 0; cpu < 8; cpu++) {
            tree.topology(cpu, 0, cpu < 4 ? cpu : cpu % 2, String.valueOf(cpu))
                    .cpu(cpu, "cpu_capacity", cpu < 4 ? 530 : cpu < 6 ? 1024 : 1007)
                    .cpu(cpu, "cpufreq/cpuinfo_max_freq", cpu < 4 ? 1800000 : cpu < 6 ? 2400000 : 2352000)
                    .cache(cpu, 2, 2, cpu < 4 ? "128K" : "512K", String.valueOf(cpu))
                    .cache(cpu, 3, 3, "3072K", "0-7");
        }
    }

    @Test
    void aBoardWhosePackageHasNoNumberHasPackage0() throws Exception {
        tree.online("0-3");
        for (int cpu = 0; cpu < 4; cpu++) {
            tree.topology(cpu, -1, cpu, String.valueOf(cpu)).cache(cpu, 2, 2, "1M", "0-3");
        }
        CpuPackage one = only();
        assertThat(one.id()).isZero();
        assertThat(one.cores()).isEqualTo(4);
        assertThat(one.cacheBytes()).isEqualTo(MEBIBYTE);
        assertThat(one.cpus()).extracting(Logical::type).containsOnly(CoreType.STANDARD);
    }

    @Test
    void cachesThatCoresDoNotShareAddUp() throws Exception {
        tree.online("0-79");
        for (int cpu = 0; cpu < 80; cpu++) {
            tree.topology(cpu, 0, cpu * 16, String.valueOf(cpu)).cache(cpu, 2, 2, "1024K", String.valueOf(cpu));
        }
        assertThat(only().cacheBytes()).isEqualTo(80 * MEBIBYTE);
    }

    @Test
    void anOfflineCpuIsLeftOut() throws Exception {
        tree.online("0,2-3");
        for (int cpu : new int[] {0, 2, 3}) {
            tree.topology(cpu, 0, cpu / 2, cpu == 0 ? "0" : "2-3");
        }
        CpuPackage one = only();
        assertThat(one.cores()).isEqualTo(2);
        assertThat(one.cpus()).containsExactly(standard(0, 0), standard(2, 1), standard(3, 1));
    }

    @Test
    void isReadAgainWhenACpuComes() throws Exception {
        tree.online("0").topology(0, 0, 0, "0");
        assertThat(only().cores()).isEqualTo(1);
        tree.topology(1, 0, 1, "1");
        assertThat(only().cores()).isEqualTo(1);
        tree.online("0-1");
        assertThat(only().cores()).isEqualTo(2);
    }

    @Test
    void cpuinfoServesWhereSysfsHasNoTopology() throws Exception {
        tree.online("0-3").sys("devices/system/cpu/cpu0/online", "1\n").proc("cpuinfo", """
                processor\t: 0
                physical id\t: 0
                core id\t\t: 0

                processor\t: 1
                physical id\t: 0
                core id\t\t: 0

                processor\t: 2
                physical id\t: 1
                core id\t\t: 0

                processor\t: 3
                physical id\t: 1
                core id\t\t: 1

                """);
        Topology topology = read();
        assertThat(topology.packages()).extracting(CpuPackage::id).containsExactly(0, 1);
        assertThat(topology.packages()).extracting(CpuPackage::cores).containsExactly(1, 2);
        assertThat(topology.packages().get(0).cpus()).containsExactly(standard(0, 0), standard(1, 0));
        assertThat(topology.packages().get(0).cacheBytes()).isNull();
    }

    @Test
    void cpuinfoOfABoardTellsNothingOfCores() throws Exception {
        tree.proc("cpuinfo", "processor\t: 0\nCPU part\t: 0xd08\n\nprocessor\t: 1\nCPU part\t: 0xd08\n\n");
        CpuPackage one = only();
        assertThat(one.id()).isZero();
        assertThat(one.cores()).isNull();
        assertThat(one.cpus()).extracting(Logical::id).containsExactly(0, 1);
    }

    @Test
    void aCpuWithoutPackageIsInTheOnlyOne() throws Exception {
        tree.online("0-1").topology(0, 3, 0, "0").topology(1, 3, 1, "1").cpu(1, "topology/physical_package_id", "x");
        assertThat(only().cores()).isEqualTo(2);
        assertThat(only().id()).isEqualTo(3);
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void anotherCpuOfThePackageTellsItsNumberToo() throws Exception {
        tree.online("0-3");
        for (int cpu = 0; cpu < 4; cpu++) {
            tree.topology(cpu, cpu / 2, cpu % 2, String.valueOf(cpu))
                    .cpu(cpu, "topology/package_cpus_list", cpu < 2 ? "0-1" : "2-3");
        }
        tree.delete("sys/devices/system/cpu/cpu2/topology/physical_package_id");
        assertThat(read().packages()).extracting(CpuPackage::cores).containsExactly(2, 2);
    }

    @Test
    void aCpuThatCouldBeInEitherPackageIsLeftOut() throws Exception {
        tree.online("0-2")
                .topology(0, 0, 0, "0")
                .topology(1, 1, 0, "1")
                .topology(2, 1, 1, "2")
                .delete("sys/devices/system/cpu/cpu2/topology/physical_package_id");
        assertThat(read().packages()).extracting(CpuPackage::cores).containsExactly(1, 1);
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .containsExactly("cpu2: not known which package it is in");
    }

    @Test
    void aProblemIsToldAtEveryReading() throws Exception {
        tree.online("0").topology(0, 0, 0, "0").cache(0, 3, 3, "lots", "0");
        for (int i = 0; i < 2; i++) {
            assertThat(only().cacheBytes()).isNull();
            assertThat(problems.list())
                    .singleElement()
                    .extracting(Problems.Problem::message)
                    .asString()
                    .endsWith("/cpu0/cache/index3/size: expected a size in K, M or G in \"lots\"");
        }
    }

    @Test
    void oneCacheOfUnknownSizeMakesTheSumUnknown() throws Exception {
        tree.online("0-1")
                .topology(0, 0, 0, "0")
                .topology(1, 0, 1, "1")
                .cache(0, 3, 3, "8M", "0")
                .cache(1, 3, 3, "8M", "1");
        assertThat(only().cacheBytes()).isEqualTo(16 * MEBIBYTE);
        tree.delete("sys/devices/system/cpu/cpu1/cache/index3/size");
        reader = new TopologyReader(tree.roots());
        assertThat(only().cacheBytes()).isNull();
    }

    @Test
    void oneMissingListOfSiblingsChangesNothing() throws Exception {
        tree.online("0-3");
        for (int cpu = 0; cpu < 4; cpu++) {
            tree.topology(cpu, 0, cpu % 2, cpu % 2 + "," + (cpu % 2 + 2));
        }
        tree.delete("sys/devices/system/cpu/cpu0/topology/core_cpus_list")
                .delete("sys/devices/system/cpu/cpu0/topology/thread_siblings_list");
        CpuPackage one = only();
        assertThat(one.cores()).isEqualTo(2);
        assertThat(one.cpus()).hasSize(4);
    }

    @Test
    void withoutSysfsAndCpuinfoThereIsNoTopology() throws Exception {
        assertThat(reader.read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    private CpuPackage only() throws IOException {
        Topology topology = read();
        assertThat(topology.packages()).hasSize(1);
        return topology.packages().get(0);
    }

    private Topology read() throws IOException {
        problems = new Problems();
        return Objects.requireNonNull(reader.read(problems));
    }

    private static Logical standard(int id, int core) {
        return new Logical(id, core, CoreType.STANDARD);
    }
}
