package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.schema.CoreType;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreTypesTest {
    private final Problems problems = new Problems();

    @Test
    void threeKindsOfCoreAreTwoTypes(@TempDir Path folder) {
        CoreTypes types = byCapacity(folder, 325, 828, 1024);
        assertThat(types.of(0)).isEqualTo(CoreType.EFFICIENCY);
        assertThat(types.of(1)).isEqualTo(CoreType.PERFORMANCE);
        assertThat(types.of(2)).isEqualTo(CoreType.PERFORMANCE);
    }

    @Test
    void coresThatDifferALittleAreAlike(@TempDir Path folder) {
        CoreTypes types = byCapacity(folder, 980, 1024);
        assertThat(types.of(0)).isEqualTo(CoreType.STANDARD);
        assertThat(types.of(1)).isEqualTo(CoreType.STANDARD);
    }

    @Test
    void withoutACapacityAllAreAlike(@TempDir Path folder) {
        assertThat(byCapacity(folder).of(0)).isEqualTo(CoreType.STANDARD);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatIsNotOfTheOneKindIsOfTheOther(@TempDir Path folder) {
        Tree tree = new Tree(folder).sys("devices/cpu_core/cpus", "0\n").sys("devices/cpu_atom/cpus", "garbage\n");
        BitSet online = new BitSet();
        online.set(0, 2);
        CoreTypes types = CoreTypes.read(tree.roots().sys(), online, problems);
        assertThat(types.of(0)).isEqualTo(CoreType.PERFORMANCE);
        assertThat(types.of(1)).isEqualTo(CoreType.EFFICIENCY);
        assertThat(problems.list()).hasSize(1);
    }

    private CoreTypes byCapacity(Path folder, int... capacities) {
        Tree tree = new Tree(folder);
        BitSet online = new BitSet();
        online.set(0, Math.max(1, capacities.length));
        for (int cpu = 0; cpu < capacities.length; cpu++) {
            tree.cpu(cpu, "cpu_capacity", capacities[cpu]);
        }
        return CoreTypes.read(tree.roots().sys(), online, problems);
    }
}
