package io.smi.server.metrics;

import io.smi.core.ReaderStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of itself at one moment.
 *
 * @param version of the program
 * @param framesTotal frames published since the start
 * @param ticksDroppedTotal ticks of the grid on which nothing was collected, because the one before took too long
 * @param frameAgeSeconds since the newest frame was taken; null before the first
 * @param intervalSeconds between two ticks
 * @param sseClients streams that are open
 * @param sseClientsMax how many may be
 * @param sseEventsTotal snapshot events written to clients
 * @param sseDroppedTotal frames that clients were told by {@code lag} to have missed
 * @param sseRejectedTotal streams refused because there were too many
 * @param readers every reader
 */
public record ServerStats(
        String version,
        long framesTotal,
        long ticksDroppedTotal,
        @Nullable Double frameAgeSeconds,
        double intervalSeconds,
        int sseClients,
        int sseClientsMax,
        long sseEventsTotal,
        long sseDroppedTotal,
        long sseRejectedTotal,
        List<ReaderStats> readers) {

    public ServerStats {
        readers = List.copyOf(readers);
    }
}
