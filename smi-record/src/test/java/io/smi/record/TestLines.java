package io.smi.record;

import io.smi.schema.Answer;
import io.smi.schema.FrameBuilder;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Frames to record: one a second, each a little different. */
public final class TestLines {
    public static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private TestLines() {}

    /** The frame of this number: of that second after the start. */
    public static Line line(long seq) {
        return line(seq, START.plusSeconds(seq));
    }

    /** A frame of this number and time. */
    public static Line line(long seq, Instant time) {
        SnapshotFrame frame = FrameBuilder.withInclude(Set.of(Section.MEMORY))
                .memory(() -> new Answer<>(List.of(memory(seq)), List.of()))
                .build(seq, time, 1000L, "node1");
        return Line.of(frame);
    }

    private static Memory memory(long seq) {
        return MemoryBuilder.builder()
                .totalBytes(1L << 34)
                .usedBytes((1L << 33) + seq * 7919 % 104_729 * 4096)
                .build();
    }

    /** The frames of these numbers, both included. */
    public static List<Line> lines(long first, long last) {
        List<Line> lines = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            lines.add(line(seq));
        }
        return lines;
    }
}
