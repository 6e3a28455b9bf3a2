package io.smi.core.rebellions;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.command.FakeProgram;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Accelerators;
import io.smi.core.kernel.FileTree;
import io.smi.schema.ErrorKind;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code rbln-stat --json} is one card of all-smi's capture of a node with ATOM+ cards, the second of them made of it. */
class RebellionsReaderTest {
    private static final String CHIP = """
            {"npu": 0, "name": "RBLN-CA22", "sid": "0000000022513415", "uuid": "UUID", "device": "rbln5",
             "status": "normal", "fw_ver": "3.0.0",
             "pci": {"dev": "0x1220", "bus_id": "0000:84:00.0", "link_speed": "32.0GT/s"},
             "temperature": "45C", "card_power": "37257088uW", "pstate": "P2",
             "memory": {"used": "1545601024", "total": "16877879296"}, "util": "4.4", "location": 5}""";

    @TempDir
    private Path temp;

    private final Problems problems = new Problems();

    @Test
    void readsWhatTheCommandPrints() throws IOException {
        Accelerators told = Objects.requireNonNull(read(
                "cat <<'END'\n{\"KMD_version\": \"3.0.0\", \"devices\": [" + CHIP.replace("UUID", "first") + "]}\nEND",
                problems));
        Gpu gpu = told.gpus().getFirst();
        assertThat(gpu.uuid()).isEqualTo("first");
        assertThat(gpu.pciBusId()).isEqualTo("0000:84:00.0");
        assertThat(gpu.driverVersion()).isEqualTo("3.0.0");
        assertThat(gpu.temperatureCelsius()).isEqualTo(45);
        assertThat(gpu.powerWatts()).isEqualTo(37.257);
        assertThat(gpu.performanceState()).isEqualTo(2);
        assertThat(gpu.memoryUsedBytes()).isEqualTo(1545601024L);
        assertThat(gpu.utilizationPercent()).isEqualTo(4.4);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void thePowerOfACardIsToldOnce() throws IOException {
        String chips = CHIP.replace("UUID", "first") + ","
                + CHIP.replace("UUID", "second").replace("84:00.0", "85:00.0");
        Accelerators told = Objects.requireNonNull(read("cat <<'END'\n{\"devices\": [" + chips + "]}\nEND", problems));
        assertThat(told.gpus()).extracting(Gpu::powerWatts).containsExactly(37.257, null);
        assertThat(told.absent()).extracting(Absent::device).containsExactly("second");
    }

    @Test
    void outputCutShortIsAProblem() throws IOException {
        assertThat(read("printf '{\"devices\": [{\"uuid\": \"a\"'", problems)).isNull();
        assertThat(problems.list()).extracting(Problems.Problem::kind).containsExactly(ErrorKind.FAILED);
    }

    @Test
    void withoutADeviceNothingIsRun() throws IOException {
        tool("echo run > " + temp + "/run");
        assertThat(new RebellionsReader(new FileTree(temp).roots(), temp + "/bin").read(problems))
                .isNull();
        assertThat(temp.resolve("run")).doesNotExist();
    }

    @Test
    void withoutTheCommandTheReasonIsTold() throws IOException {
        FileTree tree = new FileTree(temp).file("root/dev/rbln0", "");
        Accelerators told = Objects.requireNonNull(new RebellionsReader(tree.roots(), null).read(problems));
        assertThat(told.absent()).extracting(Absent::cause).containsExactly(Absent.Cause.NO_LIBRARY);
    }

    @Test
    void theOldCommandIsAskedOnlyWithoutTheNew() throws IOException {
        tool("echo '{\"devices\": [{\"uuid\": \"old\"}]}'");
        FileTree tree = new FileTree(temp).file("root/dev/rbln0", "");
        assertThat(gpus(tree)).extracting(Gpu::uuid).containsExactly("old");
        FakeProgram.install(temp.resolve("bin"), "rbln-smi", "echo '{\"devices\": [{\"uuid\": \"new\"}]}'");
        assertThat(gpus(tree)).extracting(Gpu::uuid).containsExactly("new");
        FakeProgram.install(temp.resolve("bin"), "rbln-smi", "echo garbage");
        assertThat(new RebellionsReader(tree.roots(), temp + "/bin").read(problems))
                .isNull();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("rbln-smi --json: "));
    }

    private List<Gpu> gpus(FileTree tree) throws IOException {
        RebellionsReader reader = new RebellionsReader(tree.roots(), temp + "/bin");
        return Objects.requireNonNull(reader.read(problems)).gpus();
    }

    private @Nullable Accelerators read(String script, Problems told) throws IOException {
        tool(script);
        FileTree tree = new FileTree(temp).file("root/dev/rbln0", "");
        return new RebellionsReader(tree.roots(), temp + "/bin").read(told);
    }

    private void tool(String script) throws IOException {
        Files.createDirectories(temp.resolve("bin"));
        FakeProgram.install(temp.resolve("bin"), "rbln-stat", script);
    }
}
