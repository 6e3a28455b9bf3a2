package io.smi.server.stream;

import io.smi.core.live.Demand;
import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.schema.Section;
import io.smi.server.http.Problem;
import io.smi.server.http.ProblemException;
import io.smi.server.http.Query;
import io.smi.server.http.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * {@code /events}: all who listen. A client is no more than a place in the ring of frames and what the kernel has not
 * yet taken of one of them; there is no thread and no queue for it.
 */
public final class Hub {
    /** The parameters of {@code /events}. */
    public static final Set<String> PARAMETERS = StreamRequest.PARAMETERS;

    /** For all clients that do not read, of which each waits in the midst of an event: a quarter of the heap. */
    private static final long MOST_HELD_BYTES = 24 << 20;

    private static final String TYPE = "text/event-stream";
    private static final HttpString ACCEL_BUFFERING = new HttpString("X-Accel-Buffering");
    private static final String RETRY_AFTER_SECONDS = "5";

    private final FrameBus bus;
    private final Feed feed;
    private final Demand demand;
    private final Duration interval;
    private final int maxClients;
    private final @Nullable Duration maxAge;
    private final Map<XnioIoThread, Group> groups = new ConcurrentHashMap<>();
    private final Selections selections = new Selections();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final LongAdder events = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile boolean draining;

    /**
     * A hub without clients.
     *
     * @param feed asked for a frame when the newest lacks what a new client wants
     * @param demand told which sections its clients want
     * @param interval between two frames
     * @param maxClients how many may listen at once
     * @param maxAge after which a stream is ended, for its client to connect anew; null for never
     */
    public Hub(FrameBus bus, Feed feed, Demand demand, Duration interval, int maxClients, @Nullable Duration maxAge) {
        this.bus = bus;
        this.feed = feed;
        this.demand = demand;
        this.interval = interval;
        this.maxClients = maxClients;
        this.maxAge = maxAge;
        bus.onFrame(this::wakeAll);
    }

    /** Answers {@code /events}; see {@link Route.Handler}. */
    public void handle(HttpServerExchange exchange, Query query) throws ProblemException {
        StreamRequest request = StreamRequest.of(exchange, query, demand.always(), interval, selections);
        accept(exchange);
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, TYPE);
        headers.put(Headers.CACHE_CONTROL, "no-store, no-transform");
        headers.put(ACCEL_BUFFERING, "no");
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        enter(exchange);
        // The body is what is sent until the connection ends: the bytes of a frame are the same for every client.
        exchange.setPersistent(false);
        exchange.dispatch(exchange.getIoThread(), () -> {
            Group group = groups.computeIfAbsent(exchange.getIoThread(), thread -> new Group(this, thread));
            group.start(new Client(this, group, exchange, request));
        });
    }

    private static void accept(HttpServerExchange exchange) throws ProblemException {
        String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
        if (accept != null && !accept.contains(TYPE) && !accept.contains("*/*") && !accept.contains("text/*")) {
            throw new Problem(StatusCodes.NOT_ACCEPTABLE, "/events is " + TYPE, "Accept").exception();
        }
    }

    private void enter(HttpServerExchange exchange) throws ProblemException {
        if (draining) {
            throw unavailable(exchange, "the server is ending");
        }
        if (clients.incrementAndGet() > maxClients) {
            clients.decrementAndGet();
            rejected.increment();
            throw unavailable(exchange, "there are " + maxClients + " streams already");
        }
    }

    private static ProblemException unavailable(HttpServerExchange exchange, String reason) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return new Problem(StatusCodes.SERVICE_UNAVAILABLE, reason).exception();
    }

    private void wakeAll() {
        groups.values().forEach(Group::wake);
    }

    /** Ends every stream after the event under way, and takes no more. */
    public void drain() {
        draining = true;
        wakeAll();
    }

    /** Whether it takes no more clients. */
    public boolean isDraining() {
        return draining;
    }

    FrameBus bus() {
        return bus;
    }

    Duration interval() {
        return interval;
    }

    /** Whether this frame has for a client what any will have. */
    boolean isComplete(FrameEvents frame, Selection selection) {
        return !feed.isLive() || frame.hasAll(selection);
    }

    @Nullable
    Duration maxAge() {
        return maxAge;
    }

    /** A section that nobody wanted until now comes with the next frame, and that comes soon. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is published like every other
    void began(Client client) {
        Set<Section> sections = client.request().selection().sections();
        demand.open(sections);
        LiveFrame newest = bus.newest();
        if (newest != null && !newest.frame().sections().containsAll(sections)) {
            feed.fresh(sections);
        }
    }

    void ended(Client client) {
        demand.close(client.request().selection().sections());
        clients.decrementAndGet();
    }

    /**
     * So many bytes are held for a client that the kernel takes none for.
     *
     * @return whether that is too much in all
     */
    boolean hold(long bytes) {
        return heldBytes.addAndGet(bytes) > MOST_HELD_BYTES;
    }

    void letGo(long bytes) {
        heldBytes.addAndGet(-bytes);
    }

    void sent() {
        events.increment();
    }

    void dropped(long frames) {
        dropped.add(frames);
    }

    /** How many listen. */
    public int clients() {
        return clients.get();
    }

    /** How many may listen. */
    public int maxClients() {
        return maxClients;
    }

    /** {@code snapshot} events sent so far. */
    public long events() {
        return events.sum();
    }

    /** Frames that clients have been told to have missed. */
    public long dropped() {
        return dropped.sum();
    }

    /** Streams refused because there were too many. */
    public long rejected() {
        return rejected.sum();
    }
}
