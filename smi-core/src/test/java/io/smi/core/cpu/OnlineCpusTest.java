package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineCpusTest {
    private final Problems problems = new Problems();
    private Tree tree;
    private OnlineCpus cpus;

    @BeforeEach
    void threeCpusOfWhichOneIsOff(@TempDir Path folder) {
        tree = new Tree(folder)
                .cpu(0, "topology/core_id", 0)
                .cpu(1, "online", 0)
                .cpu(10, "online", 1)
                .sys("devices/system/cpu/cpufreq/boost", "1\n")
                .sys("devices/system/cpu/cpuidle/current_driver", "none\n");
        cpus = new OnlineCpus(tree.roots().sys());
    }

    @Test
    void theListIsReadAnewEachTime() {
        tree.online("0,10");
        assertThat(cpus.read(problems).stream()).containsExactly(0, 10);
        tree.online("0-1,10");
        assertThat(cpus.read(problems).stream()).containsExactly(0, 1, 10);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void withoutAListEveryFolderCountsThatIsNotSwitchedOff() {
        assertThat(cpus.read(problems).stream()).containsExactly(0, 10);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aCutListIsAProblemEachTimeAndTheFoldersCount() {
        tree.online("0,10").sys("devices/system/cpu/online", "0,1");
        for (int i = 1; i <= 2; i++) {
            assertThat(cpus.read(problems).stream()).containsExactly(0, 10);
            assertThat(problems.list()).hasSize(i);
        }
        tree.online("0");
        assertThat(cpus.read(problems).stream()).containsExactly(0);
    }

    @Test
    void aSwitchThatSaysNothingIsAProblemEachTime() {
        tree.sys("devices/system/cpu/cpu1/online", "maybe\n");
        for (int i = 1; i <= 2; i++) {
            assertThat(cpus.read(problems).stream()).containsExactly(0, 1, 10);
            assertThat(problems.list()).hasSize(i);
        }
    }

    @Test
    void withoutSysfsThereAreNone(@TempDir Path empty) {
        assertThat(new OnlineCpus(new Tree(empty).roots().sys()).read(problems).stream())
                .isEmpty();
        assertThat(problems.list()).isEmpty();
    }
}
