package io.smi.server;

import io.smi.schema.Section;
import io.smi.server.socket.SocketMode;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to serve.
 *
 * @param listen TCP addresses; none with a socket alone
 * @param socket the Unix socket to make; null for none
 * @param inherited a listening socket, Unix or internet, that was handed over; null for none
 * @param interval between two frames
 * @param include sections that are read and sent beside {@link Section#DEFAULTS}, whether or not somebody names them
 */
public record ServerOptions(
        List<InetSocketAddress> listen,
        @Nullable UnixSocket socket,
        @Nullable ServerSocketChannel inherited,
        Duration interval,
        Set<Section> include,
        Streams streams,
        Access access) {

    public ServerOptions {
        listen = List.copyOf(listen);
        include = Set.copyOf(include);
    }

    /** The same for frames at another interval. */
    public ServerOptions every(Duration otherInterval) {
        return new ServerOptions(listen, socket, inherited, otherInterval, include, streams, access);
    }

    /**
     * A socket file.
     *
     * @param group that it belongs to; by name or number, null for the process's own
     */
    public record UnixSocket(
            Path path, SocketMode mode, @Nullable String group) {}

    /**
     * Server-sent events.
     *
     * @param maxClients how many may listen at once
     * @param maxAge after which a stream is ended, for its client to connect anew; null for never
     */
    public record Streams(int maxClients, @Nullable Duration maxAge) {
        /** As many streams as a wall of dashboards may open, for as long as they like. */
        public static final Streams DEFAULTS = new Streams(1024, null);
    }

    /**
     * Who may ask over TCP.
     *
     * @param hosts names in Host headers beside those of this machine
     * @param origins of pages that may read what is served, exactly as browsers send them
     * @param webConfig TLS and users, in the format of Prometheus' exporters; null for none
     * @param tokenFile a file with a bearer token; null for none
     */
    public record Access(
            List<String> hosts,
            List<String> origins,
            @Nullable Path webConfig,
            @Nullable Path tokenFile) {
        /** Everyone who reaches a listener, by the machine's own names. */
        public static final Access DEFAULTS = new Access(List.of(), List.of(), null, null);

        public Access {
            hosts = List.copyOf(hosts);
            origins = List.copyOf(origins);
        }
    }
}
