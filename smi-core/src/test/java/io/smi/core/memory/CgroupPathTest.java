package io.smi.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.kernel.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CgroupPathTest {
    private static final String LEGACY_MOUNTS = """
            29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 master:3 - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;

    @Test
    void theMemoryControllerOfVersion1GoesFirst() {
        assertThat(find("9:name=systemd:/\n4:memory:/process_api/3705\n0::/elsewhere\n", LEGACY_MOUNTS))
                .isEqualTo(new CgroupPath(false, "fs/cgroup/memory", "/process_api/3705"));
    }

    @Test
    void controllersShareAHierarchy() {
        assertThat(find(
                        "4:hugetlb,memory:/a:b\n",
                        "35 31 0:32 / /sys/fs/cgroup/x rw - cgroup cgroup rw,hugetlb,memory\n"))
                .isEqualTo(new CgroupPath(false, "fs/cgroup/x", "/a:b"));
    }

    @Test
    void version2HasOneHierarchy() {
        assertThat(find(
                        "0::/system.slice/smi.service\n",
                        "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n"))
                .isEqualTo(new CgroupPath(true, "fs/cgroup", "/system.slice/smi.service"));
    }

    @Test
    void aContainerSeesItsOwnPartOnly() {
        assertThat(find(
                        "4:memory:/docker/3f4e/inner\n",
                        "35 31 0:32 /docker/3f4e /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"))
                .isEqualTo(new CgroupPath(false, "fs/cgroup/memory", "/inner"));
    }

    @Test
    void aPathOutsideOfWhatIsMountedIsTheMountItself() {
        String mounts = "35 31 0:32 /docker/3f /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
        CgroupPath mount = new CgroupPath(false, "fs/cgroup/memory", "");
        assertThat(find("4:memory:/docker/3f4e\n", mounts)).isEqualTo(mount);
        assertThat(find("4:memory:/docker/3f\n", mounts)).isEqualTo(mount);
        assertThat(find("4:memory:/\n", mounts)).isEqualTo(mount);
        assertThat(find("0::/../other\n", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"))
                .isEqualTo(new CgroupPath(true, "fs/cgroup", ""));
    }

    @Test
    void withoutAMountThereIsNone() {
        assertThat(find("4:memory:/x\n", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"))
                .isNull();
        assertThat(find("0::/x\n", "30 23 0:26 / /mnt/groups rw - cgroup2 cgroup2 rw\n"))
                .isNull();
        assertThat(find("", LEGACY_MOUNTS)).isNull();
        assertThat(find("garbage\n", LEGACY_MOUNTS)).isNull();
        assertThat(find("0::/x\n", "garbage")).isNull();
    }

    private static @Nullable CgroupPath find(String groups, String mounts) {
        return CgroupPath.find(Cursor.of(groups), Cursor.of(mounts));
    }
}
