package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.kernel.Roots;
import io.smi.core.memory.MeminfoReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code examples/capture-machine.sh} writes what {@link FixtureTree} reads, and captures all that the readers read. */
class CaptureMachineTest {
    private static final Path SCRIPT = Path.of("../examples/capture-machine.sh");

    @TempDir
    private Path temp;

    /** Those that are whole. What others lack, the script would miss on no machine. */
    static List<Machine> machines() throws IOException {
        List<Machine> whole = new ArrayList<>();
        for (Machine machine : Machine.all()) {
            if (Files.readString(machine.home().resolve("tree.txt")).contains("\n== proc/self -> ")) {
                whole.add(machine);
            }
        }
        return whole;
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aCapturedMachineGivesTheSameNumbers(Machine machine) throws Exception {
        Path folder = temp.resolve("original");
        FixtureTree original = machine.unpack(folder);
        String archive = capture(
                "--path.procfs", folder + "/proc", "--path.sysfs", folder + "/sys", "--path.rootfs", folder + "/root");
        FixtureTree captured = unpack(archive);
        assertThat(numbers(captured)).isEqualTo(numbers(original));
        for (String path : List.of("proc/cpuinfo", "proc/1/status", "proc/self/auxv", "root/etc/os-release")) {
            assertThat(captured.file(path)).hasSameBinaryContentAs(original.file(path));
        }
        assertThat(archive)
                .doesNotContain(original.text("proc/sys/kernel/hostname"))
                .doesNotContain(original.text("proc/sys/kernel/random/boot_id"))
                .doesNotContain(
                        "api-key",
                        "hunter2",
                        "Wq7-unlikely",
                        "s3cr3t",
                        "maria",
                        "trainer",
                        "/home/lea",
                        "10.0.7.2",
                        "1a:2b:3c");
    }

    @Test
    void capturesThisMachine() throws Exception {
        FixtureTree captured = unpack(capture());
        Problems problems = new Problems();
        assertThat(new MeminfoReader(captured.roots()).read(problems).total())
                .isNotNull()
                .isEqualTo(new MeminfoReader(Roots.system()).read(problems).total());
        assertThat(captured.text("proc/sys/kernel/hostname")).isEqualTo("captured");
        assertThat(captured.text("proc/self/cmdline")).isEqualTo("scrubbed\0");
        assertThat(captured.text("root/etc/passwd")).contains("root:x:0:0");
        assertThat(problems.list()).isEmpty();
    }

    private FixtureTree unpack(String archive) throws IOException {
        return FixtureTree.unpack(Files.writeString(temp.resolve("tree.txt"), archive), temp.resolve("captured"));
    }

    /** What the default sections say of it, in two samples of the same files, without texts, and of processes only their GPUs. */
    private static Map<String, List<Object>> numbers(FixtureTree tree) throws IOException {
        Map<String, List<Object>> values = FrameValues.of(Machine.frame(tree.roots(), () -> {}));
        values.keySet().removeIf(path -> path.startsWith("processes") && !path.contains(".gpus["));
        values.values().removeIf(all -> all.getFirst() instanceof String);
        return values;
    }

    private String capture(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        Path output = temp.resolve("output.txt");
        Path errors = temp.resolve("errors.txt");
        Process script = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(script.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(errors).isEmptyFile();
        return Files.readString(output, StandardCharsets.US_ASCII);
    }
}
