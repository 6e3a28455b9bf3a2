package io.smi.server;

import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.server.metrics.ServerStats;
import io.smi.server.stream.FrameBus;
import io.smi.server.stream.Hub;

/** What the server knows of itself, for its metrics. */
record Statistics(String version, ServerOptions options, FrameBus bus, Feed feed, Hub hub) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** The state at this moment, with the readers' as of this frame. */
    ServerStats beside(LiveFrame frame) {
        return new ServerStats(
                version,
                bus.count(),
                feed.droppedTicks(),
                (System.nanoTime() - frame.nanos()) / NANOS_PER_SECOND,
                options.interval().toNanos() / NANOS_PER_SECOND,
                hub.clients(),
                hub.maxClients(),
                hub.events(),
                hub.dropped(),
                hub.rejected(),
                frame.readers());
    }
}
