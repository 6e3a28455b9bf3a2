package io.smi.server.routes;

import io.smi.core.live.Demand;
import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.schema.Section;
import io.smi.server.http.Problem;
import io.smi.server.http.Router;
import io.smi.server.stream.FrameBus;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/** A frame for one request: the newest, or one taken for all who wait, when that is too old or lacks a section. */
public final class FrameSource {
    /** Beyond an interval, in which a frame is taken even if a reader hangs. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final FrameBus bus;
    private final Feed feed;
    private final Demand demand;
    private final long intervalNanos;

    /** A source of this bus's frames. */
    public FrameSource(FrameBus bus, Feed feed, Demand demand, Duration interval) {
        this.bus = bus;
        this.feed = feed;
        this.demand = demand;
        this.intervalNanos = interval.toNanos();
    }

    /** The sections of a request that names none. */
    public Set<Section> sections() {
        return demand.always();
    }

    /** What is done with a frame, on the exchange's I/O thread. */
    interface Answer {
        void of(LiveFrame frame);
    }

    /** Answers with a frame that has these sections and is at most two intervals old; 503 when there is none in time. */
    void answer(HttpServerExchange exchange, Set<Section> sections, Answer answer) {
        long now = System.nanoTime();
        demand.request(sections, now);
        LiveFrame newest = bus.newest();
        if (newest != null
                && now - newest.nanos() <= 2 * intervalNanos
                && newest.frame().sections().containsAll(sections)) {
            answer.of(newest);
        } else {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> await(exchange, sections, answer));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what runs on its completion catches all itself
    private void await(HttpServerExchange exchange, Set<Section> sections, Answer answer) {
        AtomicBoolean answered = new AtomicBoolean();
        XnioExecutor.Key timer = exchange.getIoThread()
                .executeAfter(
                        () -> finish(exchange, answered, null, answer),
                        intervalNanos + GRACE_NANOS,
                        TimeUnit.NANOSECONDS);
        feed.fresh(sections)
                .whenComplete((frame, failure) -> exchange.getIoThread().execute(() -> {
                    timer.remove();
                    finish(exchange, answered, frame, answer);
                }));
    }

    private static void finish(
            HttpServerExchange exchange, AtomicBoolean answered, @Nullable LiveFrame frame, Answer answer) {
        if (answered.getAndSet(true)) {
            return;
        }
        try {
            if (frame == null) {
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
                new Problem(StatusCodes.SERVICE_UNAVAILABLE, "no frame could be taken in time").send(exchange);
            } else {
                answer.of(frame);
            }
        } catch (RuntimeException e) {
            Router.failed(exchange, e);
        }
    }
}
