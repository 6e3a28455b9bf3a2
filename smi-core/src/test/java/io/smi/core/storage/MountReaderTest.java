package io.smi.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.smi.core.Problems;
import io.smi.core.Problems.Problem;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.Roots;
import io.smi.schema.ErrorKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountReaderTest {
    private static final Space ROOT = new Space(100L, 60L, 35L, 1000L, 900L);
    private static final Space DATA = new Space(200L, 10L, 190L, null, null);
    private static final String TABLE = """
            27 1 254:1 / / rw - ext4 /dev/vda1 rw
            40 27 0:44 / /mnt/data rw - nfs4 10.0.7.2:/export rw
            """;

    @TempDir
    private Path folder;

    private final Map<String, Space> spaces = new ConcurrentHashMap<>();
    private final AtomicInteger askedForData = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean dataHangs;
    private FileTree tree;
    private MountReader reader;

    @BeforeEach
    void start() {
        tree = new FileTree(folder).file("proc/self/mountinfo", TABLE);
        spaces.put(folder + "/root/", ROOT);
        spaces.put(folder + "/root/mnt/data", DATA);
        reader = new MountReader(tree.roots(), this::space);
    }

    @AfterEach
    void letGo() {
        release.countDown();
        reader.release();
    }

    private Space space(String path) throws IOException {
        if (path.endsWith("/data")) {
            askedForData.incrementAndGet();
            while (dataHangs && release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // like a call into the kernel, it cannot be interrupted
                }
            }
        }
        Space space = spaces.get(path);
        if (space == null) {
            throw new AccessDeniedException(path, null, "permission denied");
        }
        return space;
    }

    @Test
    void everyMountIsAskedBelowTheRoot() throws IOException {
        Problems problems = new Problems();
        assertThat(reader.read(problems))
                .containsExactly(
                        new MountedSpace(mount("/", "/dev/vda1", "ext4", Disk.number(254, 1)), ROOT),
                        new MountedSpace(mount("/mnt/data", "10.0.7.2:/export", "nfs4", null), DATA));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aMountThatMayNotBeAskedKeepsItsRow() throws IOException {
        spaces.remove(folder + "/root/mnt/data");
        Problems problems = new Problems();
        assertThat(reader.read(problems)).extracting(MountedSpace::space).containsExactly(ROOT, null);
        assertThat(problems.list())
                .containsExactly(new Problem(ErrorKind.DENIED, folder + "/root/mnt/data: permission denied"));
    }

    @Test
    void aMountThatHangsTakesOnlyItsOwnSizes() throws IOException {
        dataHangs = true;
        Problems problems = soon();
        assertThat(reader.read(problems))
                .extracting(mounted -> mounted.mount().point(), MountedSpace::space)
                .containsExactly(tuple("/", ROOT), tuple("/mnt/data", null));
        assertThat(problems.list())
                .containsExactly(new Problem(ErrorKind.TIMEOUT, "/mnt/data: no answer by the deadline"));
    }

    @Test
    void itIsNotAskedAgainWhileItHangs() throws IOException {
        dataHangs = true;
        for (int i = 0; i < 3; i++) {
            reader.read(soon());
        }
        assertThat(askedForData).hasValue(1);
        tree.file("proc/self/mountinfo", TABLE + "50 27 254:2 / /more rw - ext4 /dev/vda2 rw\n");
        spaces.put(folder + "/root/more", DATA);
        assertThat(reader.read(soon())).extracting(MountedSpace::space).containsExactly(ROOT, null, DATA);
        reader.release();
        assertThat(reader.read(soon())).extracting(MountedSpace::space).containsExactly(ROOT, null, DATA);
        assertThat(askedForData).as("whatever else changed").hasValue(1);
    }

    @Test
    void itsHangIsATimeoutUntilAFrameHasToldAndThenStale() throws IOException {
        dataHangs = true;
        assertThat(kind(soon())).isEqualTo(ErrorKind.TIMEOUT);
        Problems told = soon();
        assertThat(kind(told)).as("nobody saw the first").isEqualTo(ErrorKind.TIMEOUT);
        told.tell();
        assertThat(kind(soon())).isEqualTo(ErrorKind.STALE);
        assertThat(kind(soon())).isEqualTo(ErrorKind.STALE);
    }

    @Test
    void itIsAskedAgainWhenItHasAnswered() throws Exception {
        dataHangs = true;
        reader.read(soon());
        dataHangs = false;
        release.countDown();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (askedForData.get() < 2) {
            assertThat(System.nanoTime()).isLessThan(end);
            reader.read(new Problems());
        }
        assertThat(reader.read(new Problems())).extracting(MountedSpace::space).containsExactly(ROOT, DATA);
    }

    @Test
    void theTableIsThatOfNow() throws IOException {
        reader.read(new Problems());
        tree.file("proc/self/mountinfo", TABLE.lines().findFirst().orElseThrow() + "\n");
        assertThat(reader.read(new Problems())).hasSize(1);
        tree.file("proc/self/mountinfo", TABLE);
        assertThat(reader.read(new Problems())).hasSize(2);
    }

    @Test
    void anotherRootIsThatOfItsFirstProcess() throws IOException {
        tree.file("proc/1/mountinfo", "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
        assertThat(new MountReader(tree.roots(), this::space).read(new Problems()))
                .extracting(mounted -> mounted.mount().source(), MountedSpace::space)
                .containsExactly(tuple("/dev/sda1", ROOT));
    }

    @Test
    void theOwnRootIsThatOfThisProcess() throws IOException {
        tree.file("proc/1/mountinfo", "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
        spaces.put("/", DATA);
        spaces.put("/mnt/data", DATA);
        Roots roots =
                Roots.of(folder.resolve("proc").toFile(), folder.resolve("sys").toFile(), new File("/"));
        assertThat(new MountReader(roots, this::space).read(new Problems()))
                .extracting(mounted -> mounted.mount().source())
                .containsExactly("/dev/vda1", "10.0.7.2:/export");
    }

    @Test
    void withoutATableThereIsNothing() throws IOException {
        tree.delete("proc/self/mountinfo");
        assertThat(reader.read(new Problems())).isNull();
    }

    @Test
    void theDeviceOfAFileSystemWithANumberOfItsOwnIsThatOfItsName() throws IOException {
        tree.file("sys/class/block/sdb1/dev", "8:17\n")
                .file("sys/class/block/cciss!c0d0/dev", "104:0\n")
                .file("sys/class/block/dm-0/dev", "253:0\n")
                .file("sys/class/block/dm-0/dm/name", "vg-other\n")
                .file("sys/class/block/dm-1/dev", "253:1\n")
                .file("sys/class/block/dm-1/dm/name", "luks-7c10\n")
                .file("proc/self/mountinfo", """
                        30 1 0:33 / / rw - btrfs /dev/mapper/luks-7c10 rw
                        31 30 0:34 / /b rw - btrfs /dev/sdb1 rw
                        32 30 0:35 / /c rw - btrfs /dev/cciss/c0d0 rw
                        33 30 0:36 / /d rw - btrfs /dev/disk/by-label/x rw
                        34 30 0:37 / /e rw - zfs tank rw
                        """);
        assertThat(reader.read(new Problems()))
                .extracting(mounted -> mounted.mount().disk())
                .containsExactly(Disk.number(253, 1), Disk.number(8, 17), Disk.number(104, 0), null, null);
    }

    private static Problems soon() {
        return new Problems(System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
    }

    private ErrorKind kind(Problems problems) throws IOException {
        reader.read(problems);
        assertThat(problems.list()).hasSize(1);
        return problems.list().getFirst().kind();
    }

    private static Mount mount(String point, String source, String type, @Nullable Long disk) {
        return new Mount(point, source, type, false, disk, null);
    }
}
