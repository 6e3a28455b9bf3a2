package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottleReaderTest {
    private final Problems problems = new Problems();
    private Tree tree;
    private ThrottleReader reader;

    @BeforeEach
    void emptyMachine(@TempDir Path folder) {
        tree = new Tree(folder);
        reader = new ThrottleReader(tree.roots());
    }

    @Test
    void eachPackageCountsOnce() throws Exception {
        tree.online("0-3");
        for (int cpu = 0; cpu < 4; cpu++) {
            tree.topology(cpu, cpu / 2, cpu % 2, String.valueOf(cpu))
                    .cpu(cpu, "topology/package_cpus_list", cpu < 2 ? "0-1" : "2-3")
                    .cpu(cpu, "thermal_throttle/package_throttle_count", cpu < 2 ? 17 : 0);
        }
        assertThat(reader.read(problems)).isEqualTo(Map.of(0, 17L, 1, 0L));
        tree.cpu(0, "thermal_throttle/package_throttle_count", 18).online("2-3");
        assertThat(reader.read(problems)).isEqualTo(Map.of(1, 0L));
    }

    @Test
    void withoutListsOfNeighboursToo() throws Exception {
        tree.online("0-1");
        for (int cpu = 0; cpu < 2; cpu++) {
            tree.topology(cpu, 0, cpu, String.valueOf(cpu)).cpu(cpu, "thermal_throttle/package_throttle_count", 5);
        }
        assertThat(reader.read(problems)).isEqualTo(Map.of(0, 5L));
    }

    @Test
    void garbageIsAProblem() throws Exception {
        tree.online("0").topology(0, 0, 0, "0").cpu(0, "thermal_throttle/package_throttle_count", "hot");
        assertThat(reader.read(problems)).isNull();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void otherProcessorsDoNotCount() throws Exception {
        tree.online("0").topology(0, 0, 0, "0");
        assertThat(reader.read(problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }
}
