package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.smi.schema.FrameDecoder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smi snapshot} of a machine that has nothing but memory. */
class SnapshotCommandTest {
    @TempDir
    Path machine;

    @BeforeEach
    void makeMachine() throws IOException {
        Files.createDirectories(machine.resolve("proc/sys/kernel"));
        Files.createDirectories(machine.resolve("sys"));
        Files.writeString(machine.resolve("proc/sys/kernel/hostname"), "little\n");
        Files.writeString(machine.resolve("proc/meminfo"), "MemTotal:  1024 kB\nMemAvailable:  256 kB\n");
    }

    @Test
    void jsonIsOneFrameOnOneLine() throws IOException {
        Run run = snapshot("--json", "--include", "memory", "--window", "0");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("}\n").hasLineCount(1);
        SnapshotFrame frame = frames(run).get(0);
        assertThat(frame.hostname()).isEqualTo("little");
        assertThat(frame.seq()).isOne();
        assertThat(frame.intervalMs()).isNull();
        assertThat(frame.sections()).containsExactly(Section.MEMORY);
        assertThat(frame.memory()).singleElement().satisfies(memory -> {
            assertThat(memory.totalBytes()).isEqualTo(1 << 20);
            assertThat(memory.utilizationPercent()).isEqualTo(75.0);
            assertThat(memory.swapTotalBytes()).isNull();
        });
    }

    @Test
    void aWindowIsTheIntervalOfTheFirstFrame() throws IOException {
        SnapshotFrame frame = frames(snapshot("--json", "--include", "memory", "--window", "30ms"))
                .get(0);
        assertThat(frame.intervalMs()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void samplesAreFramesOnLinesWithoutAGap() throws IOException {
        Run run = snapshot("--json", "--include", "memory", "--samples", "3", "--interval", "50ms");
        assertThat(frames(run)).extracting(SnapshotFrame::seq).containsExactly(1L, 2L, 3L);
    }

    @Test
    void jsonlIsTheSameLine() throws IOException {
        Run run = snapshot("--format", "jsonl", "--include", "memory");
        assertThat(frames(run)).hasSize(1);
    }

    @Test
    void prettyIsTheSameFrameOnManyLines() throws IOException {
        Run run = snapshot("--json", "--pretty", "--include", "memory", "--window", "0");
        assertThat(run.out().lines().count()).isGreaterThan(10);
        assertThat(FrameDecoder.decode(run.out().getBytes(StandardCharsets.UTF_8))
                        .memory())
                .hasSize(1);
    }

    @Test
    void csvHasOneHeaderAndARowASample() {
        Run run = snapshot(
                "--format", "csv", "--query", "hostname,memory.total_bytes", "--samples", "2", "--interval", "50ms");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("hostname,memory.total_bytes\r\nlittle,1048576\r\nlittle,1048576\r\n");
    }

    @Test
    void csvOfASectionHasAllItsColumns() {
        Run run = snapshot("--format", "csv", "--include", "memory", "--window", "0");
        assertThat(run.out().lines())
                .hasSize(2)
                .first(STRING)
                .startsWith("timestamp,hostname,memory.total_bytes,memory.used_bytes,")
                .endsWith(",memory.ecc.corrected_total,memory.ecc.uncorrected_total");
    }

    @Test
    void csvOfWhatThereIsNotIsItsHeader() {
        Run run = snapshot("--format", "csv", "--query", "gpus.uuid", "--window", "0");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("gpus.uuid\r\n");
    }

    @Test
    void prometheusIsTheSameFrameAsMetrics() {
        Run run = snapshot("--format", "prometheus", "--include", "memory", "--window", "0");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("# HELP smi_build_info Which smi this is.\n")
                .contains("\nsmi_build_info{version=\"" + SmiCommand.version() + "\"} 1\n")
                .contains("\n# TYPE smi_memory_total_bytes gauge\nsmi_memory_total_bytes 1048576.0\n")
                .doesNotContain("smi_cpu_", "smi_sse_", "# EOF")
                .endsWith("\n");
    }

    @Test
    void theTableIsForPeopleAndFitsIntoEightyColumns() {
        Run run = snapshot("--include", "memory");
        assertThat(run.out()).startsWith("little\n").contains("MEM").contains("768 KiB of 1.00 MiB");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void strictEndsWithThreeWhenSomethingCannotBeRead() throws IOException {
        assertThat(snapshot("--json", "--strict", "--include", "memory").code()).isZero();
        Files.writeString(machine.resolve("proc/meminfo"), "MemTotal:  lots kB\n");
        assertThat(snapshot("--json", "--include", "memory").code()).isZero();
        Run strict = snapshot("--json", "--strict", "--include", "memory");
        assertThat(strict.code()).isEqualTo(3);
        assertThat(frames(strict).get(0).errors()).isNotEmpty();
    }

    @Test
    void anOutputFileAppearsWholeAndNothingIsLeftBesideIt() throws IOException {
        Path file = machine.resolve("frame.json");
        Files.writeString(file, "the old one");
        Run run = snapshot("--json", "--include", "memory", "-o", file.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(FrameDecoder.decode(Files.readAllBytes(file)).hostname()).isEqualTo("little");
        try (var files = Files.list(machine)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("proc", "sys", "frame.json");
        }
    }

    @Test
    void anOutputFileKeepsTheLinkThatLeadsToIt() throws IOException {
        Path file = Files.createFile(machine.resolve("real.json"));
        Path link = Files.createSymbolicLink(machine.resolve("link.json"), file);
        snapshot("--json", "--include", "memory", "-o", link.toString());
        assertThat(link).isSymbolicLink();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void anOutputFileIsMadeWhereALinkLeads() throws IOException {
        Path file = machine.resolve("not-yet.json");
        Path link = Files.createSymbolicLink(machine.resolve("link.json"), Path.of("not-yet.json"));
        assertThat(snapshot("--json", "--include", "memory", "-o", link.toString())
                        .code())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void whatOnlyItsOwnerCouldReadStaysSo() throws IOException {
        Path file = Files.createFile(
                machine.resolve("secret.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        snapshot("--json", "--include", "memory", "-o", file.toString());
        assertThat(file).isNotEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anOutputFileThatCannotBeMadeFailsAndIsNamed() {
        Run run = snapshot(
                "--json",
                "--include",
                "memory",
                "-o",
                machine.resolve("no/such/x.json").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("smi: cannot write --output ")
                .contains("no/such/x.json")
                .hasLineCount(1);
        assertThat(snapshot("--json", "-o", machine.toString()).code()).isEqualTo(1);
    }

    private Run snapshot(String... options) {
        List<String> args = new ArrayList<>(List.of("snapshot"));
        args.addAll(List.of("--path.procfs", machine.resolve("proc").toString()));
        args.addAll(List.of("--path.sysfs", machine.resolve("sys").toString()));
        args.addAll(Arrays.asList(options));
        return Run.smi(args.toArray(String[]::new));
    }

    private static List<SnapshotFrame> frames(Run run) throws IOException {
        List<SnapshotFrame> frames = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            frames.add(FrameDecoder.decode(line.getBytes(StandardCharsets.UTF_8)));
        }
        return frames;
    }
}
