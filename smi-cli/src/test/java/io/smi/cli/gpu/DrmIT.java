package io.smi.cli.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.ProcessGpu;
import io.smi.schema.ProcessInfo;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a board whose GPU two processes have open: 10 is root's, 20 is nobody's. */
class DrmIT {
    private static final String SMI = Program.HOME.resolve("bin/smi").toString();
    private static final String GPU = "fde60000.gpu";
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    @TempDir
    private Path folder;

    @BeforeEach
    void aBoard() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
        assumeTrue(Peers.has("setpriv"), "setpriv is not installed");
        Path device = Files.createDirectories(folder.resolve("sys/devices/platform/" + GPU));
        Path driver = Files.createDirectories(folder.resolve("sys/bus/platform/drivers/panfrost"));
        Path node = Files.createDirectories(device.resolve("drm/renderD128"));
        link(device.resolve("driver"), driver);
        link(node.resolve("device"), device);
        link(folder.resolve("sys/class/drm/renderD128"), node);
        Path proc = Files.createDirectories(folder.resolve("proc"));
        Files.writeString(proc.resolve("meminfo"), "MemTotal:  1024 kB\n");
        Files.writeString(
                proc.resolve("stat"), "cpu  9 0 9 9 0 0 0 0 0 0\ncpu0 9 0 9 9 0 0 0 0 0 0\nbtime 1767225000\n");
        Files.writeString(Files.createDirectories(proc.resolve("2")).resolve("comm"), "kthreadd\n");
        process(10, 1);
        process(20, 2);
        mode(folder, "rwxr-xr-x");
        mode(folder.resolve("proc/10/fd"), "r-x------");
    }

    @Test
    void whatAProcessOfRootUsesIsDeniedToOthers() throws Exception {
        SnapshotFrame frame = snapshot(NOBODY);
        assertThat(frame.errors())
                .extracting(FrameError::reader, FrameError::kind)
                .containsExactlyInAnyOrder(tuple("drm", ErrorKind.DENIED), tuple("drm-process", ErrorKind.DENIED));
        String denied = folder + "/proc/10/fd: permission denied ";
        assertThat(frame.errors())
                .as("the load of the whole GPU is given up at the first that is denied, of 2 and 10; then there is 20")
                .extracting(FrameError::message)
                .containsExactlyInAnyOrder(denied + "(1 of 2 processes)", denied + "(1 of 3 processes)");
        assertThat(gpus(frame, 10)).as("not known").isNull();
        assertThat(gpus(frame, 20)).containsExactly(new ProcessGpu(GPU, 54525952L, null, 0.0, "graphics"));
        assertThat(frame.gpus())
                .singleElement()
                .satisfies(
                        gpu -> assertThat(gpu.utilizationPercent()).as("of all").isNull());
    }

    @Test
    void rootKnowsAll() throws Exception {
        SnapshotFrame frame = snapshot(List.of());
        assertThat(frame.errors()).isEmpty();
        assertThat(gpus(frame, 10)).hasSize(1);
        assertThat(frame.gpus())
                .singleElement()
                .satisfies(gpu -> assertThat(gpu.utilizationPercent()).isZero());
    }

    private SnapshotFrame snapshot(List<String> as) throws Exception {
        List<String> command = new ArrayList<>(as);
        command.addAll(
                List.of("sh", "-c", "cd / && exec \"$0\" \"$@\"", SMI, "snapshot", "--json", "--window", "200ms"));
        command.addAll(List.of("--include", "gpu,process", "--path.sysfs", folder + "/sys"));
        command.addAll(List.of("--path.procfs", folder + "/proc"));
        Outcome run = Program.run(Map.of(), command.toArray(String[]::new));
        assumeTrue(run.status() != 126 && run.status() != 127, "nobody cannot reach " + SMI);
        assertThat(run.err()).isEmpty();
        return FrameDecoder.decode(run.out().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable List<ProcessGpu> gpus(SnapshotFrame frame, int pid) {
        for (ProcessInfo process : Objects.requireNonNull(frame.processes())) {
            if (process.pid() == pid) {
                return process.gpus();
            }
        }
        throw new AssertionError("no process " + pid);
    }

    private void process(int pid, int client) throws IOException {
        Path process = Files.createDirectories(folder.resolve("proc/" + pid));
        String rest = " S 1 1 1 0 -1 4194560 0 0 0 0 4000 1200 0 0 20 0 4 0 900 368640000 9000";
        Files.writeString(process.resolve("stat"), pid + " (app)" + rest + " 0".repeat(28) + "\n");
        link(process.resolve("fd/5"), Path.of("/dev/dri/renderD128"));
        Files.createDirectories(process.resolve("fdinfo"));
        Files.writeString(
                process.resolve("fdinfo/5"),
                "drm-driver:\tpanfrost\ndrm-client-id:\t" + client
                        + "\ndrm-engine-fragment:\t3000000000 ns\ndrm-resident-memory:\t52 MiB\n");
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
