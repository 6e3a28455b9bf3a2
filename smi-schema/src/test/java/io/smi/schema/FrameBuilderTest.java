package io.smi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameBuilderTest {
    private static final SnapshotFrame SAMPLE = SampleFrames.full();

    private final List<Section> asked = new ArrayList<>();

    private <T> Supplier<Answer<T>> answering(Section section, @Nullable List<T> rows) {
        return () -> {
            asked.add(section);
            FrameError error = new FrameError(section, section.label() + " reader", ErrorKind.FAILED, "broken");
            return new Answer<>(Objects.requireNonNull(rows), List.of(error));
        };
    }

    private FrameBuilder allSources(Set<Section> include) {
        return FrameBuilder.withInclude(include)
                .network(answering(Section.NETWORK, SAMPLE.network()))
                .storage(answering(Section.STORAGE, SAMPLE.storage()))
                .processes(answering(Section.PROCESS, SAMPLE.processes()))
                .chassis(answering(Section.CHASSIS, SAMPLE.chassis()))
                .memory(answering(Section.MEMORY, SAMPLE.memory()))
                .cpus(answering(Section.CPU, SAMPLE.cpus()))
                .gpus(answering(Section.GPU, SAMPLE.gpus()));
    }

    private static SnapshotFrame build(FrameBuilder builder) {
        return builder.build(3, Instant.EPOCH, 250L, "h");
    }

    @Test
    void asksEachIncludedSourceOnceAndNoOther() {
        for (Section section : Section.values()) {
            asked.clear();
            SnapshotFrame frame = build(allSources(Set.of(section)));
            assertThat(asked).containsExactly(section);
            assertThat(frame.sections()).containsExactly(section);
            assertThat(frame.rows(section)).isEqualTo(SAMPLE.rows(section));
            assertThat(frame.errors()).extracting(FrameError::section).containsExactly(section);
        }
    }

    @Test
    void putsTheWholeFrameTogetherInTheOrderOfTheSections() {
        SnapshotFrame frame = build(allSources(EnumSet.allOf(Section.class)));
        assertThat(frame)
                .isEqualTo(SnapshotFrameBuilder.builder(SAMPLE)
                        .seq(3)
                        .timestamp(Instant.EPOCH)
                        .intervalMs(250L)
                        .hostname("h")
                        .errors(frame.errors())
                        .build());
        assertThat(frame.errors()).extracting(FrameError::section).containsExactly(Section.values());
    }

    @Test
    void aFrameOfNothingAsksNobody() {
        SnapshotFrame frame = build(allSources(Set.of()));
        assertThat(asked).isEmpty();
        assertThat(frame.sections()).isEmpty();
        assertThat(frame.errors()).isEmpty();
    }

    @Test
    void anIncludedSectionWithoutASourceIsAMistakeOfTheProgram() {
        FrameBuilder builder = FrameBuilder.withInclude(Set.of(Section.GPU)).cpus(() -> Answer.of(List.of()));
        assertThatThrownBy(() -> build(builder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no source for section gpu");
    }

    @Test
    void joinsWhatProcessesUseOfAccelerators() {
        ProcessGpu use = new ProcessGpu("GPU-1", 5L, null, 1.0, "compute");
        SnapshotFrame frame = build(FrameBuilder.withInclude(Set.of(Section.PROCESS))
                .processes(() -> Answer.of(List.of(process(7), process(8))))
                .gpuUse(() -> Map.of(7, List.of(use), 99, List.of(use))));
        assertThat(frame.processes()).extracting(ProcessInfo::gpus).containsExactly(List.of(use), List.of());
    }

    @Test
    void leavesTheUseOfAcceleratorsUnknownWhenNobodyKnowsIt() {
        SnapshotFrame frame = build(
                FrameBuilder.withInclude(Set.of(Section.PROCESS)).processes(() -> Answer.of(List.of(process(7)))));
        assertThat(frame.processes()).extracting(ProcessInfo::gpus).containsOnlyNulls();
    }

    @Test
    void doesNotAskForTheUseOfAcceleratorsWithoutProcesses() {
        SnapshotFrame frame = build(FrameBuilder.withInclude(Set.of(Section.MEMORY))
                .memory(() -> Answer.of(List.of()))
                .gpuUse(() -> {
                    throw new AssertionError("asked");
                }));
        assertThat(frame.processes()).isNull();
    }

    private static ProcessInfo process(int pid) {
        return ProcessInfoBuilder.builder().pid(pid).build();
    }
}
