package io.smi.server.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.smi.core.ReaderStats;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** What smi says of itself as Prometheus metrics. */
public final class ServerMetrics {
    private static final Table<String, String> BUILD = Table.<String>ofOne()
            .label("version", version -> version)
            .info("smi_build_info", "Which smi this is.")
            .build();

    private static final Table<ServerStats, ServerStats> SERVER = Table.<ServerStats>ofOne()
            .family("smi_frames_total", "Frames published.", ServerStats::framesTotal)
            .family("smi_frame_age_seconds", "Time since the newest frame was taken.", ServerStats::frameAgeSeconds)
            .family("smi_tick_interval_seconds", "Time between two ticks.", ServerStats::intervalSeconds)
            .family(
                    "smi_ticks_dropped_total",
                    "Ticks on which nothing was collected, as the one before took too long.",
                    ServerStats::ticksDroppedTotal)
            .family("smi_sse_clients", "Streams that are open.", ServerStats::sseClients)
            .family("smi_sse_clients_max", "How many streams may be open.", ServerStats::sseClientsMax)
            .family("smi_sse_events_total", "Snapshot events written to clients.", ServerStats::sseEventsTotal)
            .family("smi_sse_dropped_total", "Frames that slow clients missed.", ServerStats::sseDroppedTotal)
            .family("smi_sse_rejected_total", "Streams refused, as there were too many.", ServerStats::sseRejectedTotal)
            .build();

    private static final Table<ServerStats, ReaderStats> READERS = Table.of(ServerStats::readers)
            .label("reader", ReaderStats::reader)
            .family(
                    "smi_reader_success",
                    "1 when the last call answered in time and without an error.",
                    reader -> Value.flag(reader.success()))
            .family("smi_reader_duration_seconds", "How long the last call took.", ReaderStats::seconds)
            .family("smi_reader_timeouts_total", "Calls that missed their deadline.", ReaderStats::timeoutsTotal)
            .family("smi_reader_failures_total", "Calls that failed.", ReaderStats::failuresTotal)
            .build();

    static final List<Table<?, ?>> TABLES = List.of(BUILD, SERVER, READERS, OwnProcess.TABLE);

    private ServerMetrics() {}

    /** The server's state, its readers', its version, and what its process uses. */
    public static MetricSnapshots of(ServerStats stats) {
        List<MetricSnapshot> snapshots = new ArrayList<>(BUILD.snapshots(stats.version()));
        snapshots.addAll(SERVER.snapshots(stats));
        snapshots.addAll(READERS.snapshots(stats));
        snapshots.addAll(OwnProcess.TABLE.snapshots(new OwnProcess(new File("/proc"))));
        return new MetricSnapshots(snapshots);
    }

    /** The version alone: all that is to say of a process that ends when it has printed its metrics. */
    public static MetricSnapshots ofVersion(String version) {
        return new MetricSnapshots(BUILD.snapshots(version));
    }
}
