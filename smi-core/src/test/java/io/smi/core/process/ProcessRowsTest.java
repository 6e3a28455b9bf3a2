package io.smi.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Readings;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.GpuUse;
import io.smi.core.gpu.GpuUses;
import io.smi.core.memory.MeminfoReader;
import io.smi.core.memory.MeminfoReader.Meminfo;
import io.smi.core.process.ProcessReader.Processes;
import io.smi.core.process.ProcessSample.Io;
import io.smi.schema.ProcessGpu;
import io.smi.schema.ProcessInfo;
import io.smi.schema.ProcessInfoBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessRowsTest {
    private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");
    private static final long SECOND = 1_000_000_000;
    private static final Meminfo MEMINFO = new Meminfo(4096000L, null, null, null, null, null, null, null, null);

    @Test
    void aRowSaysWhatWasRead() {
        ProcessSample sample = new ProcessSample(
                7,
                new ProcessStat("sh", "S", 1, false, 250, 20, -5, 3, 500, 8192000),
                START,
                2.5,
                1024000L,
                new Io(4096, 8192),
                new ProcessFacts("bob", "sh -c x", new Cgroup("/docker/abc", "abc")));
        assertThat(rows(Readings.of(
                        Map.of(),
                        Map.of(ProcessReader.class, processes(sample), MeminfoReader.class, MEMINFO),
                        SECOND)))
                .containsExactly(ProcessInfoBuilder.builder()
                        .pid(7)
                        .ppid(1)
                        .name("sh")
                        .user("bob")
                        .state("S")
                        .startTime(START)
                        .threads(3)
                        .priority(20)
                        .nice(-5)
                        .cpuSecondsTotal(2.5)
                        .memoryRssBytes(1024000L)
                        .memoryVirtualBytes(8192000L)
                        .memoryPercent(25.0)
                        .readBytesTotal(4096L)
                        .writtenBytesTotal(8192L)
                        .command("sh -c x")
                        .containerId("abc")
                        .cgroup("/docker/abc")
                        .build());
    }

    @Test
    void whatIsNotKnownIsNull() {
        ProcessSample sample = new ProcessSample(
                7,
                new ProcessStat("sh", "S", 1, false, 0, 20, 0, 1, 500, 0),
                null,
                0,
                null,
                null,
                new ProcessFacts(null, null, null));
        ProcessInfo row = rows(Readings.of(Map.of(), Map.of(ProcessReader.class, processes(sample)), SECOND))
                .get(0);
        assertThat(row.startTime()).isNull();
        assertThat(row.memoryRssBytes()).isNull();
        assertThat(row.memoryPercent()).isNull();
        assertThat(row.readBytesTotal()).isNull();
        assertThat(row.user()).isNull();
        assertThat(row.command()).isNull();
        assertThat(row.cgroup()).isNull();
        assertThat(row.cpuPercent()).isNull();
        assertThat(row.gpus()).isNull();
    }

    @Test
    void whenNothingWasReadThereAreNoRows() {
        assertThat(rows(Readings.of(Map.of(), Map.of(), SECOND))).isEmpty();
    }

    @Test
    void cpuTimeIsAShareOfTheWindow() {
        assertThat(cpuPercent(2 * SECOND, sample(7, 500, 1, 1.0), sample(7, 500, 1, 2.5), 4))
                .isEqualTo(75.0);
    }

    @Test
    void aHundredIsOneCpu() {
        assertThat(cpuPercent(SECOND, sample(7, 500, 8, 1.0), sample(7, 500, 8, 4.0), 4))
                .isEqualTo(300.0);
    }

    @Test
    void noMoreIsToldThanThreadsAndCpusCanUse() {
        long window = SECOND / 10;
        assertThat(cpuPercent(window, sample(7, 500, 1, 1.0), sample(7, 500, 1, 1.11), 4))
                .isEqualTo(100.0);
        assertThat(cpuPercent(window, sample(7, 500, 30, 1.0), sample(7, 500, 30, 1.22), 2))
                .isEqualTo(200.0);
        assertThat(cpuPercent(window, sample(7, 500, 2, 1.0), sample(7, 500, 1, 1.15), 4))
                .as("threads that have ended")
                .isEqualTo(150.0);
        assertThat(cpuPercent(window, sample(7, 500, 3, 1.0), sample(7, 500, 3, 1.35), 0))
                .as("CPUs not known")
                .isEqualTo(300.0);
    }

    @Test
    void anotherProcessOfTheSamePidHasNoRate() {
        assertThat(cpuPercent(SECOND, sample(7, 500, 1, 1.0), sample(7, 501, 1, 1.5), 4))
                .isNull();
        assertThat(cpuPercent(SECOND, sample(6, 500, 1, 1.0), sample(7, 500, 1, 1.5), 4))
                .isNull();
        assertThat(cpuPercent(SECOND, sample(8, 500, 1, 1.0), sample(7, 500, 1, 1.5), 4))
                .isNull();
    }

    @Test
    void timeThatWentBackwardsHasNoRate() {
        assertThat(cpuPercent(SECOND, sample(7, 500, 1, 1.5), sample(7, 500, 1, 1.0), 4))
                .isNull();
    }

    @Test
    void eachProcessIsComparedWithItself() {
        Processes before = processes(sample(1, 5, 1, 1), sample(3, 5, 1, 3), sample(4, 5, 1, 4), sample(9, 5, 1, 9));
        Processes now = processes(sample(2, 5, 1, 2), sample(3, 5, 1, 3.25), sample(5, 5, 1, 5), sample(9, 5, 1, 9.5));
        assertThat(rows(Readings.of(Map.of(ProcessReader.class, before), Map.of(ProcessReader.class, now), SECOND)))
                .extracting(ProcessInfo::cpuPercent)
                .containsExactly(null, 25.0, null, 50.0);
    }

    private static Processes processes(ProcessSample... samples) {
        return new Processes(List.of(samples), 4);
    }

    private static @Nullable Double cpuPercent(long nanos, ProcessSample before, ProcessSample now, int cpus) {
        return rows(Readings.of(
                        Map.of(ProcessReader.class, new Processes(List.of(before), cpus)),
                        Map.of(ProcessReader.class, new Processes(List.of(now), cpus)),
                        nanos))
                .get(0)
                .cpuPercent();
    }

    private static ProcessSample sample(int pid, long startTicks, int threads, double cpuSeconds) {
        return new ProcessSample(
                pid,
                new ProcessStat("app", "R", 1, false, Math.round(cpuSeconds * 100), 20, 0, threads, startTicks, 4096),
                START,
                cpuSeconds,
                4096L,
                null,
                new ProcessFacts("bob", "app", null));
    }

    private static List<ProcessInfo> rows(Readings readings) {
        return ProcessRows.of(readings, GpuUses.of(List.of()));
    }

    @Test
    void joinsWhatProcessesUseOfAccelerators() {
        ProcessSample sample = sample(7, 500, 1, 1.0);
        Readings readings = Readings.of(Map.of(), Map.of(ProcessReader.class, processes(sample)), SECOND);
        Accelerators source = Accelerators.ofUses(List.of(new GpuUse(7, "GPU-1", 5L, null, 2.0, "compute")), List.of());
        assertThat(ProcessRows.of(readings, GpuUses.of(List.of(source)))
                        .getFirst()
                        .gpus())
                .containsExactly(new ProcessGpu("GPU-1", 5L, null, 2.0, "compute"));
        assertThat(rows(readings).getFirst().gpus()).isNull();
    }
}
