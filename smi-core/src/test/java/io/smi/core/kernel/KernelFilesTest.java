package io.smi.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelFilesTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();
    private KernelFiles files;

    @BeforeEach
    void files() {
        files = new KernelFiles(folder.toFile());
    }

    @Test
    void anAttributeIsANumberOrAText() throws IOException {
        write("temp1_input", "45000\n");
        write("temp2_input", "-273150\n");
        write("temp1_label", "Package id 0\n");
        assertThat(files.number("temp1_input", problems)).isEqualTo(45000);
        assertThat(files.number("temp2_input", problems)).isEqualTo(-273150);
        assertThat(files.text("temp1_label", problems)).isEqualTo("Package id 0");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatIsMissingOrEmptyIsUnknownAndNoProblem() throws IOException {
        write("empty", "");
        write("blank", " \n");
        assertThat(files.number("missing", problems)).isNull();
        assertThat(files.text("missing", problems)).isNull();
        assertThat(files.number("empty", problems)).isNull();
        assertThat(files.text("empty", problems)).isNull();
        assertThat(files.text("blank", problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\n", "45", "45000", "45000 mC\n", "45000\n46000\n", "\n", "0x10\n"})
    void aNumberThatIsNotAWholeLineIsAProblem(String text) throws IOException {
        write("temp1_input", text);
        assertThat(files.number("temp1_input", problems)).isNull();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith(folder + "/temp1_input: expected a"));
    }

    @Test
    void aDriverThatCannotAnswerAtTheMomentIsNoProblem() throws IOException {
        write("temp1_input", "45000\n");
        KernelFiles failing = new KernelFiles(folder.toFile(), file -> {
            throw new IOException("No data available");
        });
        assertThat(failing.number("temp1_input", problems)).isNull();
        assertThat(failing.text("temp1_input", problems)).isNull();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aFolderInTheFilesPlaceIsAProblem() throws IOException {
        Files.createDirectory(folder.resolve("temp1_input"));
        assertThat(files.number("temp1_input", problems)).isNull();
        assertThat(problems.list())
                .extracting(Problems.Problem::message)
                .containsExactly(folder + "/temp1_input: is a directory");
    }

    @Test
    void theFilesOfASysfsAreReadWhole() throws IOException {
        KernelFiles sysfs = KernelFiles.ofSysfs(folder.toFile());
        for (int length : new int[] {1, 255, 256, 257, 4096}) {
            write("cpulist", "x".repeat(length));
            assertThat(sysfs.text("cpulist", problems)).hasSize(length);
        }
        write("temp1_input", "45000\n");
        assertThat(sysfs.number("temp1_input", problems)).isEqualTo(45000);
    }

    @Test
    void listsNamesInOrder() throws IOException {
        write("hwmon1", "");
        write("hwmon0", "");
        write("hwmon10", "");
        assertThat(files.list("")).containsExactly("hwmon0", "hwmon1", "hwmon10");
        assertThat(files.list("missing")).isEmpty();
        assertThat(files.list("hwmon0")).isEmpty();
    }

    @Test
    void listsNumbersInOrder() throws IOException {
        for (String name : new String[] {"10", "9", "0", "-1", "9a", "self", "99999999999"}) {
            write(name, "");
        }
        assertThat(files.numbers("")).containsExactly(0, 9, 10);
        assertThat(files.numbers("missing")).isEmpty();
        assertThat(KernelFiles.number("card12", 4)).isEqualTo(12);
        assertThat(KernelFiles.number("card", 4)).isEqualTo(-1);
        assertThat(KernelFiles.number("card0-DP-1", 4)).isEqualTo(-1);
    }

    @Test
    void followsLinks() throws IOException {
        Files.createDirectories(folder.resolve("bus/pci/drivers/nvidia"));
        Files.createSymbolicLink(folder.resolve("driver"), Path.of("bus/pci/drivers/nvidia"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("bus/pci/drivers/nouveau"));
        assertThat(files.linkName("driver")).isEqualTo("nvidia");
        assertThat(files.exists("driver")).isTrue();
        assertThat(files.linkName("dangling")).isNull();
        assertThat(files.exists("dangling")).isFalse();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
