package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.smi.core.kernel.Roots;
import io.smi.schema.Cpu;
import io.smi.schema.CpuBuilder;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fake reader behind {@code memory[0].total_bytes}, its growth per second behind {@code power_watts} of the CPU. */
class CollectorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<Section> MEMORY = Set.of(Section.MEMORY);
    private static final Set<Section> BOTH = Set.of(Section.MEMORY, Section.CPU);

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final FakeReader memory = new FakeReader();
    private final FakeReader cpu = new FakeReader.Second();
    private final List<Source<?>> sources = new ArrayList<>(
            List.of(new Source<>("meminfo", MEMORY, memory), new Source<>("stat", Set.of(Section.CPU), cpu)));
    private final List<CountDownLatch> hanging = new ArrayList<>();
    private Duration timeout = Duration.ofMinutes(5);

    @AfterEach
    void letGo() {
        hanging.forEach(CountDownLatch::countDown);
    }

    @Test
    void makesAFrameOfWhatTheReadersAnswer() throws IOException {
        Files.createDirectories(folder.resolve("sys/kernel"));
        Files.writeString(folder.resolve("sys/kernel/hostname"), "gpu-node-07\n");
        memory.gives(7L);
        try (Collector collector = collector(1)) {
            SnapshotFrame frame = collector.collect(MEMORY);
            assertThat(frame.seq()).isEqualTo(1);
            assertThat(frame.timestamp()).isEqualTo(NOW);
            assertThat(frame.intervalMs()).isNull();
            assertThat(frame.hostname()).isEqualTo("gpu-node-07");
            assertThat(frame.sections()).isEqualTo(MEMORY);
            assertThat(total(frame)).isEqualTo(7);
            assertThat(frame.errors()).isEmpty();
        }
        assertThat(cpu.calls()).as("of a section that was not asked for").isZero();
    }

    @Test
    void countsItsFramesAndMeasuresTheirDistance() {
        try (Collector collector = collector(41)) {
            collector.collect(MEMORY);
            nanos.addAndGet(1_499_600_000L);
            SnapshotFrame second = collector.collect(MEMORY);
            assertThat(second.seq()).isEqualTo(42);
            assertThat(second.intervalMs()).isEqualTo(1500);
        }
    }

    @Test
    void theTimeThatAReaderTakesMovesNoFrame() {
        memory.does(problems -> {
            nanos.addAndGet(900_000_000L);
            return 7L;
        });
        try (Collector collector = collector(1)) {
            collector.sample(MEMORY);
            memory.gives(8L);
            nanos.set(1_000_000_000L);
            SnapshotFrame second = collector.collect(MEMORY);
            assertThat(second.intervalMs()).isEqualTo(1000);
            assertThat(second.timestamp()).isEqualTo(NOW.plusSeconds(1));
            memory.does(problems -> {
                nanos.addAndGet(900_000_000L);
                return 9L;
            });
            nanos.set(2_000_000_000L);
            SnapshotFrame third = collector.collect(MEMORY);
            assertThat(third.intervalMs()).isEqualTo(1000);
            assertThat(third.timestamp()).isEqualTo(NOW.plusSeconds(2));
        }
    }

    @Test
    void aSampleStartsAWindowAndMakesNoFrame() {
        cpu.gives(100L);
        try (Collector collector = collector(1)) {
            collector.sample(BOTH);
            nanos.addAndGet(500_000_000L);
            cpu.gives(150L);
            SnapshotFrame frame = collector.collect(BOTH);
            assertThat(frame.seq()).isEqualTo(1);
            assertThat(frame.intervalMs()).isEqualTo(500);
            assertThat(watts(frame)).containsExactly(100.0);
        }
    }

    @Test
    void aSectionFirstAskedForLaterHasNoRatesYet() {
        try (Collector collector = collector(1)) {
            collector.collect(MEMORY);
            assertThat(watts(next(collector, BOTH))).isEmpty();
            assertThat(watts(next(collector, BOTH))).containsExactly(0.0);
            collector.collect(MEMORY);
            assertThat(watts(next(collector, BOTH)))
                    .as("what it read before is too old")
                    .isEmpty();
        }
    }

    @Test
    void whatAReaderThrowsIsDataAndConcernsItsSectionOnly() {
        memory.does(problems -> {
            throw new IOException("/proc/meminfo: Input/output error");
        });
        cpu.does(problems -> {
            throw new AccessDeniedException("/sys/energy_uj", null, "permission denied");
        });
        try (Collector collector = collector(1)) {
            SnapshotFrame frame = collector.collect(BOTH);
            assertThat(frame.memory()).isEmpty();
            assertThat(frame.cpus()).isEmpty();
            assertThat(frame.errors())
                    .containsExactlyInAnyOrder(
                            new FrameError(
                                    Section.MEMORY, "meminfo", ErrorKind.FAILED, "/proc/meminfo: Input/output error"),
                            new FrameError(Section.CPU, "stat", ErrorKind.DENIED, "/sys/energy_uj: permission denied"));
            assertThat(collector.collect(MEMORY).errors())
                    .extracting(FrameError::section)
                    .containsExactly(Section.MEMORY);
        }
    }

    @Test
    void itTellsWhatBecameOfEachReader() {
        memory.does(problems -> null);
        cpu.does(problems -> {
            problems.denied("energy_uj");
            nanos.addAndGet(20_000_000L);
            return 7L;
        });
        try (Collector collector = collector(1)) {
            assertThat(collector.outcomes()).as("none was asked").isEmpty();
            collector.collect(BOTH);
            assertThat(collector.outcomes())
                    .containsExactly(
                            new ReaderOutcome("meminfo", MEMORY, false, 0, List.of()),
                            new ReaderOutcome(
                                    "stat",
                                    Set.of(Section.CPU),
                                    true,
                                    0.02,
                                    List.of(new Problems.Problem(ErrorKind.DENIED, "energy_uj"))));
            cpu.does(problems -> {
                throw new IOException("gone");
            });
            collector.collect(BOTH);
            ReaderOutcome last = collector.outcomes().getLast();
            assertThat(last.found()).isFalse();
            assertThat(last.problems()).containsExactly(new Problems.Problem(ErrorKind.FAILED, "gone"));
        }
    }

    @Test
    void aReaderRecovers() {
        memory.does(problems -> {
            throw new IllegalStateException("bug");
        });
        try (Collector collector = collector(1)) {
            assertThat(collector.collect(MEMORY).errors()).hasSize(1);
            memory.gives(7L);
            SnapshotFrame frame = collector.collect(MEMORY);
            assertThat(total(frame)).isEqualTo(7);
            assertThat(frame.errors()).isEmpty();
        }
    }

    @Test
    void whatIsNotOnThisMachineIsEmptyWithoutAnError() {
        memory.gives(null);
        try (Collector collector = collector(1)) {
            SnapshotFrame frame = collector.collect(MEMORY);
            assertThat(frame.memory()).isEmpty();
            assertThat(frame.errors()).isEmpty();
        }
    }

    @Test
    void aSectionThatNoReaderServesSaysSo() {
        try (Collector collector = collector(1)) {
            SnapshotFrame frame = collector.collect(Set.of(Section.STORAGE));
            assertThat(frame.storage()).isEmpty();
            assertThat(frame.errors())
                    .containsExactly(
                            new FrameError(Section.STORAGE, "storage", ErrorKind.FAILED, "no reader on this platform"));
        }
    }

    @Test
    void aProblemIsToldInEachIncludedSectionOfItsSource() {
        memory.does(problems -> {
            problems.failed("MemTotal is missing");
            return 7L;
        });
        sources.set(0, new Source<>("meminfo", BOTH, memory));
        try (Collector collector = collector(1)) {
            assertThat(collector.collect(BOTH).errors())
                    .extracting(FrameError::section, FrameError::reader, FrameError::message)
                    .containsExactlyInAnyOrder(
                            tuple(Section.MEMORY, "meminfo", "MemTotal is missing"),
                            tuple(Section.CPU, "meminfo", "MemTotal is missing"));
            assertThat(collector.collect(MEMORY).errors()).hasSize(1);
        }
    }

    @Test
    void rowsThatCannotBeMadeAreAnErrorOfTheirSection() {
        memory.gives(7L);
        cpu.gives(-1L);
        try (Collector collector = collector(1)) {
            SnapshotFrame frame = collector.collect(BOTH);
            assertThat(frame.cpus()).isEmpty();
            assertThat(total(frame)).isEqualTo(7);
            assertThat(frame.errors())
                    .extracting(FrameError::section, FrameError::reader, FrameError::kind)
                    .containsExactly(tuple(Section.CPU, "cpu", ErrorKind.FAILED));
        }
    }

    @Test
    void aReaderThatNobodyAsksAnyMoreLetsGoOnce() {
        try (Collector collector = collector(1)) {
            collector.collect(MEMORY);
            assertThat(cpu.releases()).as("never asked").isZero();
            collector.collect(BOTH);
            collector.collect(MEMORY);
            collector.collect(MEMORY);
            assertThat(cpu.releases()).isEqualTo(1);
            assertThat(memory.releases()).isZero();
            collector.collect(BOTH);
            collector.collect(MEMORY);
            assertThat(cpu.releases()).isEqualTo(2);
        }
    }

    @Test
    void aHangingReaderLetsGoOnlyWhenItHasComeBack() {
        timeout = Duration.ofMillis(1);
        CountDownLatch end = hang(cpu);
        try (Collector collector = collector(1)) {
            collector.collect(BOTH);
            collector.collect(MEMORY);
            assertThat(cpu.releases()).isZero();
            end.countDown();
            while (cpu.releases() == 0) {
                collector.collect(MEMORY);
            }
        }
    }

    @Test
    void tellsHowItsReadersDo() {
        memory.does(problems -> {
            throw new IOException("broken");
        });
        cpu.does(problems -> {
            problems.denied("serial");
            nanos.addAndGet(500_000_000L);
            return 7L;
        });
        try (Collector collector = collector(1)) {
            assertThat(collector.stats()).as("nobody was asked").isEmpty();
            collector.collect(BOTH);
            assertThat(collector.stats())
                    .extracting(ReaderStats::reader, ReaderStats::success, ReaderStats::failuresTotal)
                    .containsExactly(tuple("meminfo", false, 1L), tuple("stat", true, 0L));
            assertThat(collector.stats().get(1).seconds()).isEqualTo(0.5);
            memory.gives(7L);
            collector.collect(BOTH);
            assertThat(collector.stats().get(0)).matches(stats -> stats.success() && stats.failuresTotal() == 1);
        }
    }

    @Test
    void whatHangsIsATimeoutThenStaleThenRecovers() {
        timeout = Duration.ofSeconds(1);
        cpu.gives(3L);
        CountDownLatch release = hang(memory);
        try (Collector collector = collector(1)) {
            assertThat(kinds(collector.collect(MEMORY))).containsExactly(ErrorKind.TIMEOUT);
            assertThat(kinds(collector.collect(MEMORY))).containsExactly(ErrorKind.STALE);
            assertThat(kinds(collector.collect(Set.of(Section.CPU)))).isEmpty();
            assertThat(kinds(collector.collect(MEMORY))).containsExactly(ErrorKind.STALE);
            assertThat(memory.calls())
                    .as("never started a second time meanwhile")
                    .isEqualTo(1);

            memory.gives(9L);
            release.countDown();
            SnapshotFrame frame = collector.collect(MEMORY);
            while (!frame.errors().isEmpty()) {
                frame = collector.collect(MEMORY);
            }
            assertThat(total(frame)).as("the late answer was 8").isEqualTo(9);
        }
    }

    @Test
    void aHangThatOnlyASampleSawIsStillATimeoutInTheFrame() {
        timeout = Duration.ofMillis(1);
        hang(memory);
        try (Collector collector = collector(1)) {
            collector.sample(MEMORY);
            assertThat(kinds(collector.collect(MEMORY))).containsExactly(ErrorKind.TIMEOUT);
            assertThat(kinds(collector.collect(MEMORY))).containsExactly(ErrorKind.STALE);
        }
    }

    @Test
    void readersThatHangDelayNoOther() {
        timeout = Duration.ofSeconds(3);
        cpu.gives(3L);
        List<FakeReader> stuck = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            FakeReader reader = new FakeReader();
            hang(reader);
            stuck.add(reader);
            sources.add(0, new Source<>("stuck" + i, Set.of(Section.CPU), reader));
        }
        try (Collector collector = collector(1)) {
            SnapshotFrame first = collector.collect(Set.of(Section.CPU));
            assertThat(first.cpus()).hasSize(1);
            assertThat(kinds(first)).hasSize(12).containsOnly(ErrorKind.TIMEOUT);

            SnapshotFrame second = next(collector, Set.of(Section.CPU));
            assertThat(watts(second)).containsExactly(0.0);
            assertThat(kinds(second)).hasSize(12).containsOnly(ErrorKind.STALE);
        }
        assertThat(stuck).allMatch(reader -> reader.calls() <= 1);
    }

    private CountDownLatch hang(FakeReader reader) {
        CountDownLatch latch = reader.hangsThenGives(8);
        hanging.add(latch);
        return latch;
    }

    private SnapshotFrame next(Collector collector, Set<Section> include) {
        nanos.addAndGet(1_000_000_000L);
        return collector.collect(include);
    }

    private Collector collector(long firstSeq) {
        File root = folder.toFile();
        Map<Section, Function<Readings, ? extends List<?>>> rows =
                Map.of(Section.MEMORY, CollectorTest::memoryRows, Section.CPU, CollectorTest::cpuRows);
        return new Collector(
                new Readers(Roots.of(root, root, root), sources, rows),
                firstSeq,
                timeout,
                () -> NOW.plusNanos(nanos.get()),
                nanos::get);
    }

    private static List<Memory> memoryRows(Readings readings) {
        Long value = readings.get(FakeReader.class);
        return value == null
                ? List.of()
                : List.of(MemoryBuilder.builder().totalBytes(value).build());
    }

    private static List<Cpu> cpuRows(Readings readings) {
        Long value = readings.get(FakeReader.Second.class);
        if (value == null) {
            return List.of();
        } else if (value < 0) {
            throw new IllegalArgumentException("negative");
        }
        Span<Long> span = readings.span(FakeReader.Second.class);
        return List.of(CpuBuilder.builder()
                .powerWatts(span == null ? null : span.perSecond(span.before(), span.after()))
                .logical(List.of())
                .build());
    }

    private static @Nullable Long total(SnapshotFrame frame) {
        List<Memory> rows = frame.memory();
        return rows == null || rows.isEmpty() ? null : rows.getFirst().totalBytes();
    }

    private static List<Double> watts(SnapshotFrame frame) {
        List<Double> watts = new ArrayList<>();
        for (Cpu row : Objects.requireNonNull(frame.cpus())) {
            if (row.powerWatts() != null) {
                watts.add(row.powerWatts());
            }
        }
        return watts;
    }

    private static List<ErrorKind> kinds(SnapshotFrame frame) {
        return frame.errors().stream().map(FrameError::kind).toList();
    }
}
