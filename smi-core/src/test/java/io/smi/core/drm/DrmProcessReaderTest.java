package io.smi.core.drm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.GpuUse;
import io.smi.core.kernel.FileTree;
import io.smi.schema.ErrorKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrmProcessReaderTest {
    private static final long SECOND = 1_000_000_000;
    private static final String GPU = "0000:03:00.0";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private FileTree tree;
    private DrmProcessReader reader;

    @BeforeEach
    void aGpu() {
        tree = new FileTree(folder).folder("proc");
        gpu(GPU, "card0", "renderD128", "i915");
        reader = new DrmProcessReader(tree.roots());
    }

    @Test
    void twoFilesOfOneClientCountOnceAndTwoClientsTwice() throws IOException {
        open(10, 3, "renderD128", client(1, 100));
        open(10, 4, "renderD128", client(1, 100));
        open(10, 5, "card0", client(2, 50));
        DrmProcessReader.Reading before = read();
        tree.file("proc/10/fdinfo/3", client(1, 100 + SECOND / 10));
        tree.file("proc/10/fdinfo/4", client(1, 100 + SECOND / 10));
        tree.file("proc/10/fdinfo/5", client(2, 50 + SECOND / 5));
        assertThat(told(before, read())).containsExactly(new GpuUse(10, GPU, 8192L, null, 30.0, "graphics"));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aGpuIsCalledByItsIdWhereItHasOne() throws IOException {
        tree.file("sys/devices/" + GPU + "/unique_id", "a8f3c20e14d75b96\n");
        open(10, 3, "renderD128", client(1, 100));
        assertThat(new DrmProcessReader(tree.roots()).accelerators(read(), null).uses())
                .extracting(GpuUse::device)
                .containsExactly("a8f3c20e14d75b96");
    }

    @Test
    void withoutASecondReadingThereIsNoShare() throws IOException {
        open(10, 3, "renderD128", client(1, 100));
        assertThat(reader.accelerators(read(), null).uses())
                .containsExactly(new GpuUse(10, GPU, 4096L, null, null, "graphics"));
    }

    @Test
    void aClientThatIsNewMakesTheShareUnknown() throws IOException {
        open(10, 3, "renderD128", client(1, 100));
        DrmProcessReader.Reading before = read();
        open(10, 4, "renderD128", client(2, 100));
        assertThat(told(before, read())).containsExactly(new GpuUse(10, GPU, 8192L, null, null, "graphics"));
    }

    @Test
    void aClientThatWasHandedOnIsToldOfTheYoungest() throws IOException {
        open(10, 3, "card0", client(1, 0));
        open(20, 3, "card0", client(1, 0));
        assertThat(told(read(), read())).containsExactly(new GpuUse(20, GPU, 4096L, null, 0.0, null));
    }

    @Test
    void theSameNumberOnAnotherDeviceIsAnotherClient() throws IOException {
        gpu("fde60000.gpu", "card1", "renderD129", "panfrost");
        open(10, 3, "renderD128", client(1, 0));
        open(20, 3, "renderD129", "drm-driver:\tpanfrost\ndrm-client-id:\t1\n");
        assertThat(told(read(), read()))
                .containsExactly(
                        new GpuUse(10, GPU, 4096L, null, 0.0, null),
                        new GpuUse(20, "fde60000.gpu", null, null, null, null));
    }

    @Test
    void aFileThatCannotBeReadMakesAllOfTheProcessUnknown() throws IOException {
        open(10, 3, "renderD128", client(1, 0));
        open(10, 4, "renderD128", "drm-driver:\ti915\ndrm-client-id:\tmany\n");
        assertThat(told(read(), read())).containsExactly(new GpuUse(10, GPU, null, null, null, null));
        assertThat(problems.list()).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(ErrorKind.FAILED);
            assertThat(problem.message()).contains("fdinfo/4").endsWith("(1 of 1 processes)");
        });
    }

    @Test
    void aFileThatWasClosedIsNoProblem() throws IOException {
        open(10, 3, "renderD128", client(1, 0));
        DrmProcessReader.Reading before = read();
        tree.delete("proc/10/fd/3");
        tree.delete("proc/10/fdinfo/3");
        assertThat(told(before, read())).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aNumberThatMeansAnotherFileNowIsNoGpu() throws IOException {
        open(10, 3, "renderD128", client(1, 0));
        DrmProcessReader.Reading before = read();
        tree.delete("proc/10/fd/3");
        tree.link("proc/10/fd/3", "dev/null").file("proc/10/fdinfo/3", "pos:\t0\nflags:\t02\n");
        assertThat(told(before, read())).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void filesThatAreOpenedLaterAreFound() throws IOException {
        tree.link("proc/10/fd/0", "dev/null");
        for (int i = 0; i < 10; i++) {
            assertThat(told(read(), read())).isEmpty();
        }
        open(10, 3, "renderD128", client(1, 0));
        for (int i = 0; i < 4; i++) {
            read();
        }
        assertThat(told(read(), read())).hasSize(1);
    }

    @Test
    void whatMayNotBeListedIsOneProblem() throws IOException {
        open(10, 3, "renderD128", client(1, 0));
        for (int pid : List.of(20, 30)) {
            tree.folder("proc/" + pid + "/fd");
            File fd = folder.resolve("proc/" + pid + "/fd").toFile();
            assertThat(fd.setReadable(false)).isTrue();
            // Nothing stops root.
            assumeFalse(fd.canRead());
        }
        for (int i = 0; i < 10; i++) {
            Problems all = new Problems();
            DrmProcessReader.Reading reading = Objects.requireNonNull(reader.read(all));
            assertThat(reader.accelerators(reading, null).hidden()).containsExactlyInAnyOrder(20, 30);
            assertThat(all.list()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(ErrorKind.DENIED);
                assertThat(problem.message()).endsWith("/proc/20/fd: permission denied (2 of 3 processes)");
            });
        }
    }

    @Test
    void xeIsNotAskedWhileItSleeps() throws IOException {
        gpu("0000:04:00.0", "card1", "renderD129", "xe");
        tree.file("sys/devices/0000:04:00.0/power/runtime_status", "suspended\n");
        open(10, 3, "renderD129", "a read would wake it up");
        DrmProcessReader.Reading reading = read();
        Accelerators said = reader.accelerators(reading, null);
        assertThat(said.uses()).containsExactly(new GpuUse(10, "0000:04:00.0", null, null, null, null));
        assertThat(said.absent())
                .containsExactly(new Absent("0000:04:00.0", "processes", Absent.Cause.ASLEEP, "power/runtime_status"));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void withoutAGpuNoProcessIsLookedAt() throws IOException {
        FileTree other = new FileTree(folder.resolve("other"))
                .folder("sys/devices/pci/drm/card0")
                .link("sys/devices/pci/drm/card0/device", "sys/devices/pci")
                .link("sys/class/drm/card0", "sys/devices/pci/drm/card0")
                .file("sys/class/drm/version", "drm 1.1.0 20060810\n")
                .link("proc/10/fd/3", "dev/dri/card0")
                .file("proc/10/fdinfo/3", client(1, 0));
        assertThat(new DrmProcessReader(other.roots()).read(problems)).isNull();
    }

    /** NVIDIA tells it through its library; the other two drive a Jetson's video units and display. */
    @ParameterizedTest
    @ValueSource(strings = {"nvidia", "drm", "nv_platform"})
    void whoseDriverTellsNothingIsNotAsked(String driver) throws IOException {
        tree = new FileTree(folder.resolve("silent"));
        gpu(GPU, "card0", "renderD128", driver);
        assertThat(new DrmProcessReader(tree.roots()).read(problems)).isNull();
    }

    private void gpu(String device, String card, String render, String driver) {
        String home = "sys/devices/" + device;
        tree.folder("sys/bus/drivers/" + driver).link(home + "/driver", "sys/bus/drivers/" + driver);
        for (String node : List.of(card, render)) {
            tree.link(home + "/drm/" + node + "/device", home).link("sys/class/drm/" + node, home + "/drm/" + node);
        }
    }

    private void open(int pid, int fd, String node, String text) {
        tree.link("proc/" + pid + "/fd/" + fd, "dev/dri/" + node).file("proc/" + pid + "/fdinfo/" + fd, text);
    }

    private static String client(int id, long render) {
        return "pos:\t0\ndrm-driver:\ti915\ndrm-client-id:\t" + id + "\ndrm-pdev:\t" + GPU
                + "\ndrm-resident-local0:\t4 KiB\ndrm-engine-render:\t" + render + " ns\n";
    }

    private DrmProcessReader.Reading read() throws IOException {
        return Objects.requireNonNull(reader.read(problems));
    }

    private List<GpuUse> told(DrmProcessReader.Reading before, DrmProcessReader.Reading now) {
        return Objects.requireNonNull(
                reader.accelerators(now, new Span<>(before, now, SECOND)).uses());
    }
}
