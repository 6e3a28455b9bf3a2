package io.smi.server.routes;

import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.server.http.Json;
import io.smi.server.http.Query;
import io.smi.server.http.Responses;
import io.smi.server.http.Route;
import io.smi.server.stream.FrameBus;
import io.smi.server.stream.Hub;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}: that the process answers; {@code /ready}: that it has something to say, which is neither old nor the
 * last.
 */
public final class HealthRoute {
    /** After this many intervals without a frame, what there is counts as frozen. */
    private static final int PATIENCE = 3;

    /** Where intervals are short, a busy machine may be late by more than a few of them. */
    private static final long LEAST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final FrameBus bus;
    private final Feed feed;
    private final Hub hub;
    private final long patienceNanos;

    /** Tells of this bus, the feed that fills it, and this hub. */
    public HealthRoute(FrameBus bus, Feed feed, Hub hub, Duration interval) {
        this.bus = bus;
        this.feed = feed;
        this.hub = hub;
        this.patienceNanos = Math.max(PATIENCE * interval.toNanos(), LEAST_PATIENCE_NANOS);
    }

    /** Answers {@code /health}; see {@link Route.Handler}. */
    public void health(HttpServerExchange exchange, Query query) {
        send(exchange, "ok", ageNanos());
    }

    /** Answers {@code /ready}; see {@link Route.Handler}. */
    public void ready(HttpServerExchange exchange, Query query) {
        Long age = ageNanos();
        String status = "ready";
        if (hub.isDraining()) {
            status = "draining";
        } else if (age == null) {
            status = "starting";
        } else if (feed.isLive() && age > patienceNanos) {
            status = "stale";
        }
        if (!status.equals("ready")) {
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
        }
        send(exchange, status, age);
    }

    private @Nullable Long ageNanos() {
        LiveFrame newest = bus.newest();
        return newest == null ? null : System.nanoTime() - newest.nanos();
    }

    private void send(HttpServerExchange exchange, String status, @Nullable Long ageNanos) {
        byte[] body = Json.object(json -> {
            json.writeStringProperty("status", status);
            json.writeNumberProperty("sse_clients", hub.clients());
            json.writeNumberProperty("frames", bus.count());
            if (ageNanos == null) {
                json.writeNullProperty("last_frame_age_ms");
            } else {
                json.writeNumberProperty("last_frame_age_ms", TimeUnit.NANOSECONDS.toMillis(ageNanos));
            }
        });
        Responses.send(exchange, "application/json", body);
    }
}
