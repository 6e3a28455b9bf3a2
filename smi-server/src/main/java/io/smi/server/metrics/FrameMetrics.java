package io.smi.server.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A frame as Prometheus metrics: made anew for each frame, with nothing kept in between. */
public final class FrameMetrics {
    private static final Table<SnapshotFrame, SnapshotFrame> FRAME = Table.<SnapshotFrame>ofOne()
            .family(
                    "smi_frame_timestamp_seconds",
                    "When the frame was taken.",
                    frame -> frame.timestamp().toEpochMilli() / 1000.0)
            .family(
                    "smi_frame_window_seconds",
                    "Time over which utilizations were measured.",
                    frame -> frame.intervalMs() == null ? null : frame.intervalMs() / 1000.0)
            .build();

    private static final Table<SnapshotFrame, Map.Entry<Trouble, Long>> ERRORS = Table.of(FrameMetrics::troubles)
            .label("section", row -> row.getKey().section.label())
            .label("reader", row -> row.getKey().reader)
            .label("kind", row -> row.getKey().kind.label())
            .family("smi_frame_errors", "What could not be read; absent when nothing.", Map.Entry::getValue)
            .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(FRAME, ERRORS);

    private FrameMetrics() {}

    /** The metrics of every section that the frame has, and of the frame itself. */
    public static MetricSnapshots of(SnapshotFrame frame) {
        return new MetricSnapshots(
                tables().flatMap(table -> table.snapshots(frame).stream()).toList());
    }

    /** All there are, whatever a frame has. */
    static Stream<Table<SnapshotFrame, ?>> tables() {
        return Stream.of(
                        TABLES,
                        GpuMetrics.TABLES,
                        CpuMetrics.TABLES,
                        MemoryMetrics.TABLES,
                        ChassisMetrics.TABLES,
                        ProcessMetrics.TABLES,
                        StorageMetrics.TABLES,
                        NetworkMetrics.TABLES)
                .flatMap(List::stream);
    }

    /** What an error is, without its message, which may hold anything. */
    private record Trouble(Section section, String reader, ErrorKind kind) {
        Trouble(FrameError error) {
            this(error.section(), error.reader(), error.kind());
        }
    }

    private static List<Map.Entry<Trouble, Long>> troubles(SnapshotFrame frame) {
        return List.copyOf(frame.errors().stream()
                .map(Trouble::new)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet());
    }
}
