package io.smi.core.drm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.kernel.FileTree;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrmGpuReaderTest {
    private static final long SECOND = 1_000_000_000;
    private static final String MALI = "fde60000.gpu";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private DrmGpuReader reader;

    @BeforeEach
    void aMali() {
        tree = new FileTree(folder).file("proc/2/comm", "kthreadd\n");
        gpu(MALI, "renderD128", "panfrost");
        reader = new DrmGpuReader(tree.roots());
    }

    @Test
    void isAsBusyAsItsClientsTogether() throws IOException {
        open(10, 3, client(1, 0, 7));
        open(20, 3, client(1, 0, 7));
        open(20, 4, client(2, 5, 0));
        DrmGpuReader.Reading before = read();
        tree.file("proc/10/fdinfo/3", client(1, SECOND / 4, 7));
        tree.file("proc/20/fdinfo/3", client(1, SECOND / 4, 7));
        tree.file("proc/20/fdinfo/4", client(2, 5 + SECOND / 2, SECOND / 10));
        Gpu gpu = row(before, read());
        assertThat(gpu.uuid()).isEqualTo(MALI);
        assertThat(gpu.pciBusId()).isNull();
        assertThat(gpu.vendor()).isEqualTo("Arm");
        assertThat(gpu.deviceType()).isEqualTo(DeviceType.GPU);
        assertThat(gpu.memorySharedWithHost()).isTrue();
        assertThat(gpu.engines()).isEqualTo(Map.of("fragment", 75.0, "vertex-tiler", 10.0));
        assertThat(gpu.utilizationPercent()).isEqualTo(75);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void nobodyUsesIt() throws IOException {
        Gpu gpu = row(read(), read());
        assertThat(gpu.utilizationPercent()).isZero();
        assertThat(gpu.engines()).isNull();
    }

    @Test
    void withoutASecondReadingThereIsNoShare() throws IOException {
        assertThat(reader.accelerators(read(), null).gpus())
                .extracting(Gpu::utilizationPercent)
                .containsOnlyNulls();
    }

    @Test
    void aClientThatCannotBeReadMakesItUnknown() throws IOException {
        open(10, 3, client(1, 0, 0));
        open(20, 3, "garbage\n");
        DrmGpuReader.Reading before = read();
        assertThat(row(before, read()).utilizationPercent()).isNull();
        tree.file("proc/20/fdinfo/3", client(2, 0, 0));
        DrmGpuReader.Reading mended = read();
        assertThat(row(before, mended).utilizationPercent()).isNull();
        assertThat(row(mended, read()).utilizationPercent()).isZero();
    }

    @Test
    void withoutProfilingItIsUnknownWhileItIsUsed() throws IOException {
        open(10, 3, "drm-driver:\tpanfrost\ndrm-client-id:\t1\n");
        assertThat(row(read(), read()).utilizationPercent()).isNull();
    }

    @Test
    void onlyClientsThatWereThereInBothCount() throws IOException {
        open(10, 3, client(1, 0, 0));
        DrmGpuReader.Reading before = read();
        open(20, 3, client(2, SECOND, SECOND));
        assertThat(row(before, read()).utilizationPercent()).isZero();
        tree.delete("proc/10/fd/3");
        assertThat(row(before, read()).utilizationPercent()).as("none is left").isNull();
    }

    @Test
    void notAllProcessesMayBeLookedAt() {
        DrmFiles part = new DrmFiles(List.of(), Set.of(), Set.of(10));
        DrmFiles all = new DrmFiles(List.of(), Set.of(), Set.of());
        PlainGpu gpu = new PlainGpu(MALI, "panfrost");
        assertThat(gpu.engines(all, part, SECOND)).isNull();
        assertThat(gpu.engines(part, all, SECOND)).isNull();
        DrmGpuReader.Reading reading = new DrmGpuReader.Reading(List.of(gpu), part);
        assertThat(reader.accelerators(reading, null).absent())
                .singleElement()
                .satisfies(absent -> assertThat(absent.device()).isEqualTo(MALI));
    }

    /** In a container, or where they are hidden (hidepid): the kernel's own are not seen. */
    @Test
    void whoDoesNotSeeAllProcessesDoesNotKnow() throws IOException {
        tree.file("proc/2/comm", "sh\n");
        open(10, 3, client(1, 0, 0));
        DrmGpuReader.Reading before = read();
        Gpu gpu = row(before, read());
        assertThat(gpu.uuid()).isEqualTo(MALI);
        assertThat(gpu.utilizationPercent()).isNull();
        assertThat(reader.accelerators(before, null).absent())
                .extracting(Absent::key, Absent::cause)
                .containsExactly(tuple("engines", Absent.Cause.DENIED));
        tree.file("proc/2/comm", "kthreadd\n");
        assertThat(row(before, read()).utilizationPercent()).isNull();
        assertThat(row(read(), read()).utilizationPercent()).isZero();
        assertThat(problems.list()).isEmpty();
    }

    /** i915 and xe tell for how long the GPU was powered up, which is more than busy. */
    @Test
    void intelsAreAsBusyAsTheirClients() throws IOException {
        tree = new FileTree(folder.resolve("intel")).file("proc/2/comm", "kthreadd\n");
        gpu("0000:00:02.0", "renderD128", "i915");
        reader = new DrmGpuReader(tree.roots());
        open(10, 3, client(1, 0, 0));
        DrmGpuReader.Reading before = read();
        tree.file("proc/10/fdinfo/3", client(1, SECOND / 2, 0));
        Gpu gpu = row(before, read());
        assertThat(gpu.vendor()).isEqualTo("Intel");
        assertThat(gpu.utilizationPercent()).isEqualTo(50);
    }

    @Test
    void graphicsCardsHaveTheirAddress() throws IOException {
        tree = new FileTree(folder.resolve("card")).file("proc/2/comm", "kthreadd\n");
        gpu("0000:01:00.0", "renderD128", "nouveau");
        reader = new DrmGpuReader(tree.roots());
        Gpu gpu = row(read(), read());
        assertThat(gpu.pciBusId()).isEqualTo("0000:01:00.0");
        assertThat(gpu.uuid()).isNull();
        assertThat(gpu.memorySharedWithHost()).isNull();
    }

    /** Of a Jetson with the drivers of Linux itself. */
    @Test
    void nouveausAreNotAllGraphicsCards() throws IOException {
        tree = new FileTree(folder.resolve("tegra")).file("proc/2/comm", "kthreadd\n");
        gpu("57000000.gpu", "renderD128", "nouveau");
        reader = new DrmGpuReader(tree.roots());
        Gpu gpu = row(read(), read());
        assertThat(gpu.pciBusId()).isNull();
        assertThat(gpu.uuid()).isEqualTo("57000000.gpu");
        assertThat(gpu.vendor()).isEqualTo("NVIDIA");
        assertThat(gpu.memorySharedWithHost()).isTrue();
    }

    @Test
    void otherDriversHaveBetterSources() throws IOException {
        for (String driver : List.of("amdgpu", "nvidia")) {
            tree = new FileTree(folder.resolve(driver)).file("proc/2/comm", "kthreadd\n");
            gpu("0000:01:00.0", "renderD128", driver);
            assertThat(new DrmGpuReader(tree.roots()).read(problems)).isNull();
        }
    }

    private void gpu(String device, String node, String driver) {
        String home = "sys/devices/" + device;
        tree.folder("sys/bus/drivers/" + driver)
                .link(home + "/driver", "sys/bus/drivers/" + driver)
                .link(home + "/drm/" + node + "/device", home)
                .link("sys/class/drm/" + node, home + "/drm/" + node);
    }

    private void open(int pid, int fd, String text) {
        tree.link("proc/" + pid + "/fd/" + fd, "dev/dri/renderD128").file("proc/" + pid + "/fdinfo/" + fd, text);
    }

    private static String client(int id, long fragment, long tiler) {
        return "drm-driver:\tpanfrost\ndrm-client-id:\t" + id + "\ndrm-engine-fragment:\t" + fragment
                + " ns\ndrm-engine-vertex-tiler:\t" + tiler + " ns\n";
    }

    private DrmGpuReader.Reading read() throws IOException {
        return Objects.requireNonNull(reader.read(problems));
    }

    private Gpu row(DrmGpuReader.Reading before, DrmGpuReader.Reading now) {
        return reader.accelerators(now, new Span<>(before, now, SECOND)).gpus().getFirst();
    }
}
