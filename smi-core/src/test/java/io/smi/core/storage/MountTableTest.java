package io.smi.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountTableTest {
    private static final String ROOT = "27 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard\n";

    @Test
    void aLineIsAMount() throws KernelFormatException {
        String line = "118 31 8:17 /sub /mnt/data ro,relatime shared:61 master:2 - xfs /dev/sdb1 rw,attr2\n";
        assertThat(MountLine.parse(Cursor.of(line)))
                .containsExactly(
                        new MountLine(118, 31, Disk.number(8, 17), "/sub", "/mnt/data", "xfs", "/dev/sdb1", true));
    }

    @ParameterizedTest
    @CsvSource({"rw, rw, false", "'ro,nosuid', rw, true", "rw, 'ro,errors=continue', true", "'rw,root', rw, false"})
    void readOnlyIsTheMountOrTheFileSystem(String mount, String fileSystem, boolean readOnly)
            throws KernelFormatException {
        String line = "27 1 254:1 / / " + mount + " - ext4 /dev/vda1 " + fileSystem + "\n";
        assertThat(MountLine.parse(Cursor.of(line)).getFirst().readOnly()).isEqualTo(readOnly);
    }

    @ParameterizedTest
    @CsvSource({
        "/mnt/data\\040sets, /mnt/data sets",
        "/a\\134040b, /a\\040b",
        "/tab\\011end\\012, '/tab\tend\n'",
        "/grün\\040und, /grün und",
        "/end\\04, /end\\04",
        "/no\\9ctal, /no\\9ctal",
    })
    void whiteSpaceIsWrittenInOctal(String escaped, String path) {
        assertThat(MountLine.path(escaped)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "27 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw",
                "27 1 254:1 / / rw - ext4 /dev/vda1\n",
                "27 1 254 / / rw - ext4 /dev/vda1 rw\n",
                "27 1 254:1 / /\n",
                "garbage\n",
                "27 1 254:1 / / rw,relatime shared:1\n",
            })
    void anythingElseFails(String line) {
        assertThatThrownBy(() -> MountLine.parse(Cursor.of(ROOT + line))).isInstanceOf(KernelFormatException.class);
    }

    @Test
    void theKernelsOwnFileSystemsAreNoStorage() {
        assertThat(points(ROOT + """
                22 27 0:21 / /proc rw - proc proc rw
                23 27 0:22 / /sys rw - sysfs sysfs rw
                24 27 0:6 / /dev rw - devtmpfs udev rw
                25 24 0:23 / /dev/pts rw - devpts devpts rw
                26 27 0:24 / /run rw - tmpfs tmpfs rw
                31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
                32 27 0:30 / /net rw - autofs systemd-1 rw
                33 27 7:1 / /snap/core20/2318 ro - squashfs /dev/loop1 ro
                34 27 0:50 / /var/lib/docker/overlay2/1f/merged rw - overlay overlay rw,lowerdir=/l
                """)).containsExactly("/");
    }

    @Test
    void networksUsersAndMemoryForDataAreStorage() {
        assertThat(points(ROOT + """
                24 27 0:6 / /dev rw - devtmpfs udev rw
                26 24 0:24 / /dev/shm rw - tmpfs tmpfs rw
                28 27 0:25 / /tmp rw - tmpfs tmpfs rw
                29 27 0:44 / /mnt/nfs rw - nfs4 10.0.7.2:/export rw
                30 27 0:45 / /home/lea/remote rw - fuse.sshfs host: rw
                31 27 0:46 / /tank rw - zfs tank rw
                32 27 11:0 / /media/cdrom ro - iso9660 /dev/sr0 ro
                """))
                .containsExactly("/", "/dev/shm", "/tmp", "/mnt/nfs", "/home/lea/remote", "/tank", "/media/cdrom");
    }

    @Test
    void aContainersRootIsStorageWhateverItIs() {
        assertThat(points("""
                990 800 0:62 / / rw - overlay overlay rw,lowerdir=/l
                991 990 0:65 / /proc rw - proc proc rw
                996 992 0:68 / /dev/shm rw - tmpfs shm rw,size=65536k
                997 990 254:1 /var/lib/docker/containers/9f/hosts /etc/hosts rw - ext4 /dev/vda1 rw
                998 990 254:1 /var/lib/docker/containers/9f/hostname /etc/hostname rw - ext4 /dev/vda1 rw
                """)).containsExactly("/", "/dev/shm", "/etc/hosts");
    }

    /** A machine without disks of its own, which never leaves the root that the kernel unpacked. */
    @Test
    void theFirstRootOfAllHidesNothing() {
        assertThat(points("""
                1 1 0:2 / / rw - rootfs rootfs rw
                20 1 0:44 / /mnt/data rw - nfs4 10.0.7.2:/export rw
                """)).containsExactly("/", "/mnt/data");
    }

    @Test
    void ofOneFileSystemTheMountOfItsRootIsToldElseTheShortestPath() {
        assertThat(points(ROOT + """
                40 27 8:17 /www /srv rw - xfs /dev/sdb1 rw
                41 27 8:17 / /mnt/disk rw - xfs /dev/sdb1 rw
                42 27 8:17 / /mnt/the/same/disk rw - xfs /dev/sdb1 rw
                """)).containsExactly("/", "/mnt/disk");
        assertThat(points("""
                77 30 0:33 /home /home rw - btrfs /dev/mapper/luks rw,subvol=/home
                30 1 0:33 /root / rw - btrfs /dev/mapper/luks rw,subvol=/root
                78 30 0:33 /var /var rw - btrfs /dev/mapper/luks rw,subvol=/var
                """)).containsExactly("/");
    }

    @Test
    void whatAnotherMountHidesIsNotTold() {
        assertThat(points("1 1 0:2 / / rw - rootfs rootfs rw\n" + ROOT))
                .as("a mount on top")
                .containsExactly("/");
        assertThat(points(ROOT + """
                40 27 8:17 / /a/b rw - xfs /dev/sdb1 rw
                41 40 8:18 / /a/b/c rw - xfs /dev/sdb2 rw
                42 27 8:19 / /a rw - xfs /dev/sdb3 rw
                43 42 8:20 / /a/d rw - xfs /dev/sdb4 rw
                44 27 8:21 / /ab rw - xfs /dev/sdb5 rw
                """)).as("a mount on a folder above").containsExactly("/", "/a", "/a/d", "/ab");
        assertThat(points(ROOT + """
                40 27 8:17 / /mnt rw - xfs /dev/sdb1 rw
                41 40 8:18 / /mnt/in rw - xfs /dev/sdb2 rw
                42 40 0:99 / /mnt rw - autofs systemd-1 rw
                """))
                .as("a mount of no storage on top, and what is below it")
                .containsExactly("/");
    }

    private static List<String> points(String table) {
        try {
            return new MountTable(MountLine.parse(Cursor.of(table)))
                    .storage().stream().map(MountLine::point).toList();
        } catch (KernelFormatException e) {
            throw new AssertionError(e);
        }
    }
}
