package io.smi.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.FileTree;
import io.smi.core.memory.CgroupMemoryReader.Confinement;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMemoryReaderTest {
    private static final String UNIFIED = "sys/fs/cgroup/";
    private static final String LEGACY = "sys/fs/cgroup/memory/";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;

    @BeforeEach
    void aServiceInASlice() {
        tree = new FileTree(folder)
                .file("proc/self/cgroup", "0::/system.slice/smi.service\n")
                .file("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        group("system.slice", "max\n", "900\n");
        group("system.slice/smi.service", "max\n", "300\n");
    }

    @Test
    void withoutALimitThereIsNoConfinement() {
        assertThat(read()).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void theTightestLimitCountsWithItsOwnUsage() {
        group("system.slice", "4096\n", "900\n");
        group("system.slice/smi.service", "8192\n", "300\n");
        assertThat(read()).isEqualTo(new Confinement(4096, 900L));
    }

    @Test
    void limitsAreReadAnew() {
        CgroupMemoryReader reader = new CgroupMemoryReader(tree.roots());
        assertThat(reader.read(problems)).isNull();
        group("system.slice/smi.service", "8192\n", "301\n");
        assertThat(reader.read(problems)).isEqualTo(new Confinement(8192, 301L));
    }

    @Test
    void aContainerSeesItsGroupAsTheRoot() {
        tree.file("proc/self/cgroup", "0::/\n")
                .file(UNIFIED + "memory.max", "8192\n")
                .file(UNIFIED + "memory.current", "300\n");
        assertThat(read()).isEqualTo(new Confinement(8192, 300L));
    }

    @Test
    void aGroupThatIsOutOfSightIsLookedForAtTheRoot() {
        tree.file("proc/self/cgroup", "0::/kubepods/pod1\n")
                .file(UNIFIED + "memory.max", "8192\n")
                .file(UNIFIED + "memory.current", "300\n");
        assertThat(read()).isEqualTo(new Confinement(8192, 300L));
    }

    @Test
    void version1WritesNoLimitAsALargeNumber() {
        tree.file("proc/self/cgroup", "4:memory:/user\n0::/\n")
                .file("proc/self/mountinfo", "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")
                .file(LEGACY + "memory.limit_in_bytes", "18446744073709551615\n")
                .file(LEGACY + "user/memory.limit_in_bytes", "9223372036854710272\n")
                .file(LEGACY + "user/memory.usage_in_bytes", "300\n");
        assertThat(read()).isNull();
        assertThat(problems.list()).isEmpty();
        tree.file(LEGACY + "user/memory.limit_in_bytes", "1073741824\n");
        assertThat(read()).isEqualTo(new Confinement(1073741824, 300L));
    }

    @Test
    void garbageIsToldAndOtherLimitsStillCount() {
        group("system.slice", "4096\n", "much\n");
        group("system.slice/smi.service", "ma", "300\n");
        assertThat(read()).isEqualTo(new Confinement(4096, null));
        assertThat(problems.list()).hasSize(2);
    }

    @Test
    void aLimitCutShortIsNone() {
        group("system.slice/smi.service", "40", "300\n");
        assertThat(read()).isNull();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void withoutControlGroupsThereIsNoConfinement() {
        assertThat(new CgroupMemoryReader(new FileTree(folder.resolve("other")).roots()).read(problems))
                .isNull();
        assertThat(problems.list()).isEmpty();
    }

    private void group(String path, String limit, String usage) {
        tree.file(UNIFIED + path + "/memory.max", limit).file(UNIFIED + path + "/memory.current", usage);
    }

    private @Nullable Confinement read() {
        return new CgroupMemoryReader(tree.roots()).read(problems);
    }
}
