package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.core.Problems;
import io.smi.core.kernel.Roots;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the machine that runs the tests, the numbers are those of {@code ps}. */
class ProcessAgreesWithPsTest {
    private static final DateTimeFormatter LSTART = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    private final ProcessReader reader = new ProcessReader(Roots.system(), CmdlineMode.REDACTED);
    private Process busy;
    private Process idle;

    @BeforeEach
    void twoChildren() throws IOException {
        assumeTrue(new File("/proc/self/stat").exists(), "no Linux");
        assumeTrue(new File("/usr/bin/ps").exists() || new File("/bin/ps").exists(), "no ps");
        busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        idle = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void endThem() {
        for (Process process : new Process[] {busy, idle}) {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void everyNumberThatPsTells() throws Exception {
        ProcessSample before = sample(busy.pid());
        Thread.sleep(1500);
        for (long pid :
                new long[] {busy.pid(), idle.pid(), ProcessHandle.current().pid()}) {
            List<String> ps = ps(pid);
            ProcessSample sample = sample(pid);
            ProcessStat stat = sample.stat();
            assertThat(Integer.toString(sample.pid())).isEqualTo(ps.get(0));
            assertThat(Integer.toString(stat.ppid())).isEqualTo(ps.get(1));
            assertThat(sample.facts().user()).isEqualTo(ps.get(2));
            assertThat(stat.threads()).isCloseTo(Integer.parseInt(ps.get(3)), within(2));
            long rss = Objects.requireNonNull(sample.residentBytes());
            assertThat(rss / 1024).isCloseTo(Long.parseLong(ps.get(4)), within(Math.max(256, rss / 1024 / 50)));
            long virtual = stat.virtualBytes() / 1024;
            assertThat(virtual).isCloseTo(Long.parseLong(ps.get(5)), within(virtual / 50));
            assertThat(sample.cpuSeconds()).isCloseTo(Double.parseDouble(ps.get(6)), within(2.0));
            assertThat(stat.name()).isEqualTo(ps.get(7));
            String started = String.join(" ", ps.subList(8, 13));
            assertThat(Objects.requireNonNull(sample.startTime()).getEpochSecond())
                    .isEqualTo(LocalDateTime.parse(started, LSTART)
                            .atZone(ZoneId.systemDefault())
                            .toEpochSecond());
        }
        ProcessSample after = sample(busy.pid());
        assertThat(after.cpuSeconds() - before.cpuSeconds()).isGreaterThan(0.2);
        assertThat(after.facts().command()).isEqualTo("sh -c while :; do :; done");
        assertThat(sample(idle.pid()).cpuSeconds()).isLessThan(0.5);
    }

    private ProcessSample sample(long pid) throws IOException {
        for (ProcessSample sample : reader.read(new Problems()).list()) {
            if (sample.pid() == pid) {
                return sample;
            }
        }
        throw new AssertionError("no process " + pid);
    }

    private static List<String> ps(long pid) throws IOException {
        ProcessBuilder ps = new ProcessBuilder(
                "ps", "-o", "pid=,ppid=,user:64=,nlwp=,rss=,vsz=,cputimes=,comm=,lstart=", "-p", Long.toString(pid));
        ps.environment().put("LC_ALL", "C");
        ps.environment().put("TZ", ZoneId.systemDefault().getId());
        String line = new String(ps.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return List.of(line.strip().split(" +"));
    }
}
