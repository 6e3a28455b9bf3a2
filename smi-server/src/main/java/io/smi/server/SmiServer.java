package io.smi.server;

import io.smi.core.live.Demand;
import io.smi.core.live.Feed;
import io.smi.schema.Section;
import io.smi.server.http.Router;
import io.smi.server.routes.FrameSource;
import io.smi.server.routes.HealthRoute;
import io.smi.server.stream.FrameBus;
import io.smi.server.stream.Hub;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One feed's frames over HTTP: from {@link #start} until {@link #close}. */
public final class SmiServer implements AutoCloseable {
    /** How many intervals a request's sections go on being read. */
    private static final int REMEMBERED_INTERVALS = 3;

    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Hub hub;
    private final Feed feed;
    private final Listeners listeners;

    private SmiServer(Hub hub, Feed feed, Listeners listeners) {
        this.hub = hub;
        this.feed = feed;
        this.listeners = listeners;
    }

    /**
     * Starts its feed, and to serve.
     *
     * @param feeds makes the feed, which is closed with the server
     * @param version of the program, as the metrics tell it
     * @param warnings told, in one line each, what whoever runs the server should know
     * @param died told, on another thread, why there are no more frames
     * @throws IllegalArgumentException when an option has a value that is not allowed; the message is for users
     * @throws IOException when it cannot listen, or a file that the options name cannot be used; the message is for
     *     users
     */
    public static SmiServer start(
            Feed.Factory feeds,
            ServerOptions options,
            String version,
            Consumer<String> warnings,
            Consumer<Throwable> died)
            throws IOException {
        // Ids of two runs never overlap: no run makes 1000 frames in a second.
        long first = System.currentTimeMillis();
        Set<Section> sections = new TreeSet<>(Section.DEFAULTS);
        sections.addAll(options.include());
        Demand demand =
                new Demand(sections, REMEMBERED_INTERVALS * options.interval().toNanos());
        FrameBus bus = new FrameBus(first);
        Feed feed = feeds.open(first, demand, bus::publish, died);
        ServerOptions.Streams streams = options.streams();
        Hub hub = new Hub(bus, feed, demand, options.interval(), streams.maxClients(), streams.maxAge());
        HealthRoute health = new HealthRoute(bus, feed, hub, options.interval());
        FrameSource frames = new FrameSource(bus, feed, demand, options.interval());
        Statistics statistics = new Statistics(version, options, bus, feed, hub);
        Router router = new Router(Routes.of(frames, hub, health, statistics::beside));
        Access access = Access.of(options, warnings);
        Listeners listeners = Listeners.open(options, access.tls(), access.inFrontOf(router));
        feed.start();
        return new SmiServer(hub, feed, listeners);
    }

    /** Where it listens, as URLs and paths that clients can use. */
    public List<String> addresses() {
        return listeners.addresses();
    }

    /**
     * Takes no more clients, lets every stream end after what is under way, and ends: within 1 s for those who read, at
     * once for those who do not. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        listeners.stopAccepting();
        hub.drain();
        long end = System.nanoTime() + DRAIN_NANOS;
        while (hub.clients() > 0 && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        feed.close();
        listeners.close();
    }
}
