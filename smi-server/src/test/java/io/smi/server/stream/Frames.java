package io.smi.server.stream;

import io.smi.core.live.LiveFrame;
import io.smi.schema.Answer;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameBuilder;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Frames of GPUs. */
final class Frames {
    private Frames() {}

    static SnapshotFrame of(long seq, List<Gpu> gpus, FrameError... errors) {
        return FrameBuilder.withInclude(Set.of(Section.GPU))
                .gpus(() -> new Answer<>(gpus, List.of(errors)))
                .build(seq, Instant.EPOCH, null, "h");
    }

    static SnapshotFrame without(long seq) {
        return FrameBuilder.withInclude(Set.of()).build(seq, Instant.EPOCH, null, "h");
    }

    static LiveFrame live(SnapshotFrame frame) {
        return new LiveFrame(frame, EncodedFrame.of(frame), 0, List.of());
    }
}
