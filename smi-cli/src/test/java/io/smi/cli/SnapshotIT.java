package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.schema.Cpu;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.LogicalCpu;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code smi snapshot} as a process of its own, on the machine that runs the test. */
@Timeout(60)
class SnapshotIT {
    private static final String SMI =
            Path.of("target/smi/bin/smi").toAbsolutePath().toString();

    /** In seconds: /proc/stat counts ticks of 10 ms, and of a virtual machine not all of the time that others had. */
    private static final double ROUNDING = 0.1;

    @TempDir
    Path folder;

    @Test
    void theMachineHasTheMemoryThatItsKernelSays() throws Exception {
        SnapshotFrame frame = frame(SMI, "snapshot", "--json", "--include", "memory", "--window", "0");
        String line = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
        long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
        assertThat(frame.memory())
                .singleElement()
                .satisfies(memory -> assertThat(memory.totalBytes()).isEqualTo(kilobytes * 1024));
    }

    /** No CPU was busy, or idle, for longer in the window than from before to after it, whatever else runs. */
    @Test
    void aBusyCpuShowsOnTheFirstFrame() throws Exception {
        int id = cpuTimes().getLast().id();
        Process loop = new ProcessBuilder("taskset", "-c", "" + id, "sh", "-c", "while :; do :; done").start();
        try {
            List<CpuTime> before = cpuTimes();
            SnapshotFrame frame = frame(SMI, "snapshot", "--json", "--include", "cpu", "--window", "500ms");
            List<CpuTime> after = cpuTimes();
            double seconds = Objects.requireNonNull(frame.intervalMs()) / 1e3;
            List<LogicalCpu> cpus = logical(frame);
            assertThat(cpus)
                    .extracting(LogicalCpu::id)
                    .isEqualTo(before.stream().map(CpuTime::id).toList());
            for (int i = 0; i < cpus.size(); i++) {
                LogicalCpu cpu = cpus.get(i);
                double busy = Objects.requireNonNull(cpu.utilizationPercent());
                double mostBusy = after.get(i).busy() - before.get(i).busy() + ROUNDING;
                double mostIdle = after.get(i).idle() - before.get(i).idle() + ROUNDING;
                assertThat(busy / 100 * seconds).as("%s", cpu).isLessThan(mostBusy);
                assertThat((1 - busy / 100) * seconds).as("%s", cpu).isLessThan(mostIdle);
                if (cpu.id() == id) {
                    assertThat(busy).isGreaterThan(80);
                }
            }
        } finally {
            loop.destroyForcibly().waitFor();
        }
    }

    /** How long a CPU was busy and idle since boot, in seconds. */
    private record CpuTime(int id, double busy, double idle) {}

    /** Of {@code cpu0 user nice system idle iowait irq softirq steal} in hundredths. */
    private static List<CpuTime> cpuTimes() throws IOException {
        List<CpuTime> times = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.matches("cpu\\d.*")) {
                String[] words = line.split(" ", 10);
                int id = Integer.parseInt(words[0].substring("cpu".length()));
                double[] seconds = Arrays.stream(words, 1, 9)
                        .mapToDouble(word -> Long.parseLong(word) / 100.0)
                        .toArray();
                double idle = seconds[3] + seconds[4];
                times.add(new CpuTime(id, Arrays.stream(seconds).sum() - idle, idle));
            }
        }
        return times;
    }

    @Test
    void prometheusTakesItsMetrics() throws Exception {
        assumeTrue(isInstalled("promtool"), "needs promtool");
        Finished run = shell("\"$0\" snapshot --format prometheus | promtool check metrics; echo ${PIPESTATUS[*]}");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("0 0\n");
    }

    @Test
    void aClosedPipeEndsItAtOnceAndQuietly() throws Exception {
        Finished run =
                shell("\"$0\" snapshot --samples 100000 --interval 50ms --json | head -1; echo ${PIPESTATUS[0]}");
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(FrameDecoder.decode(lines.get(0).getBytes(StandardCharsets.UTF_8))
                        .seq())
                .isOne();
        assertThat(lines.get(1)).isEqualTo("141");
    }

    @Test
    void aPipeThatDoesNotBlockGetsAllOfIt() throws Exception {
        assumeTrue(isInstalled("python3"), "needs python3 to make a pipe that does not block");
        Finished run = run("python3", "-c", """
                import os, subprocess, sys, time
                r, w = os.pipe()
                os.set_blocking(w, False)
                args = [sys.argv[1], 'snapshot', '--json', '--window', '0', '--samples', '200', '--interval', '50ms']
                p = subprocess.Popen(args + ['--include', 'process'], stdout=w)
                os.close(w)
                time.sleep(2)
                data = b''
                while data.count(b'\\n') < 30:
                    more = os.read(r, 65536)
                    if not more: sys.exit('ended early')
                    data += more
                p.kill()
                sys.stdout.buffer.write(data[:data.rindex(b'\\n') + 1])
                """, SMI);
        assertThat(run.err()).isEmpty();
        long seq = 1;
        for (String line : run.out().lines().toList()) {
            assertThat(FrameDecoder.decode(line.getBytes(StandardCharsets.UTF_8))
                            .seq())
                    .isEqualTo(seq++);
        }
    }

    @Test
    void aFullDiskIsToldAndFails() throws Exception {
        Finished run = shell("\"$0\" snapshot --json > /dev/full");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("smi: cannot write: ").hasLineCount(1);
    }

    @Test
    void signalsEndItWithTheirUsualCodes() throws Exception {
        for (String[] signal : new String[][] {{"INT", "130"}, {"TERM", "143"}}) {
            // A background job of a shell without job control ignores SIGINT, so set -m.
            Finished run = shell("set -m; \"$0\" snapshot --samples 1000 --json > " + folder.resolve("out")
                    + " & sleep 1; kill -" + signal[0] + " $!; wait $!; echo $?");
            assertThat(run.out()).endsWith(signal[1] + "\n");
        }
    }

    @Test
    void aFileThatHangsCostsItsReaderTheTimeoutAndNothingElse() throws Exception {
        Path proc = littleMachine();
        shell("rm -f " + proc.resolve("loadavg") + " && mkfifo " + proc.resolve("loadavg"));
        SnapshotFrame frame = frame(
                SMI,
                "snapshot",
                "--json",
                "--timeout",
                "300ms",
                "--path.procfs",
                proc.toString(),
                "--path.sysfs",
                sys());
        assertThat(frame.errors())
                .filteredOn(error -> error.kind() == ErrorKind.TIMEOUT)
                .extracting(FrameError::reader)
                .containsExactly("load");
        assertThat(frame.memory()).hasSize(1);
        assertThat(frame.chassis()).singleElement().satisfies(chassis -> {
            assertThat(chassis.uptimeSeconds()).isEqualTo(12.5);
            assertThat(chassis.loadAverage()).isNull();
        });
    }

    @Test
    void aFileThatMayNotBeReadIsDenied() throws Exception {
        assumeTrue(isRoot() && isInstalled("setpriv"), "needs root and setpriv to become nobody");
        Path proc = littleMachine();
        shell("chmod 000 " + proc.resolve("meminfo") + "; chmod -R a+rX " + folder.toAbsolutePath());
        shell("chmod 000 " + proc.resolve("meminfo"));
        Finished run = run(
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                "sh",
                "-c",
                "cd / && exec \"$0\" \"$@\"",
                SMI,
                "snapshot",
                "--json",
                "--strict",
                "--window",
                "0",
                "--include",
                "memory",
                "--path.procfs",
                proc.toString(),
                "--path.sysfs",
                sys());
        assumeTrue(run.code() != 126 && run.code() != 127, "nobody cannot reach " + SMI);
        SnapshotFrame frame = decode(run);
        assertThat(frame.errors()).singleElement().satisfies(error -> {
            assertThat(error.kind()).isEqualTo(ErrorKind.DENIED);
            assertThat(error.message()).isEqualTo(proc.resolve("meminfo") + ": permission denied");
        });
        assertThat(run.code()).as("denied does not count under --strict").isZero();
    }

    private Path littleMachine() throws IOException {
        Path proc = Files.createDirectories(folder.resolve("proc"));
        Files.createDirectories(folder.resolve("sys"));
        Files.writeString(proc.resolve("meminfo"), "MemTotal:  1024 kB\n");
        Files.writeString(proc.resolve("uptime"), "12.50 3.00\n");
        Files.writeString(proc.resolve("loadavg"), "0.00 0.00 0.00 1/2 3\n");
        return proc;
    }

    private String sys() {
        return folder.resolve("sys").toString();
    }

    /** As /proc/stat has them; in a frame they are by package. */
    private static List<LogicalCpu> logical(SnapshotFrame frame) {
        List<Cpu> cpus = Objects.requireNonNull(frame.cpus());
        assertThat(cpus).isNotEmpty();
        return cpus.stream()
                .flatMap(cpu -> cpu.logical().stream())
                .sorted(Comparator.comparing(LogicalCpu::id))
                .toList();
    }

    private record Finished(int code, String out, String err) {}

    private SnapshotFrame frame(String... command) throws Exception {
        Finished run = run(command);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return decode(run);
    }

    private static SnapshotFrame decode(Finished run) throws IOException {
        return FrameDecoder.decode(run.out().getBytes(StandardCharsets.UTF_8));
    }

    private Finished shell(String script) throws Exception {
        return run("bash", "-c", script, SMI);
    }

    private Finished run(String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static boolean isRoot() throws IOException {
        return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
    }

    private static boolean isInstalled(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }
}
