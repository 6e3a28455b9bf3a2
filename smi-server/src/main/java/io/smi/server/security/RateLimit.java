package io.smi.server.security;

import io.smi.server.socket.UnixAddresses;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The {@code rate_limit} of a web configuration: so many requests at once, then one per interval, counted over all
 * clients; what comes faster gets a 429. Requests of the Unix socket are not counted.
 */
public final class RateLimit implements HttpHandler {
    private final WebConfig config;
    private final Refusal refusal;
    private final LongSupplier nanoTime;
    private final HttpHandler next;
    /** When the bucket would be full again; the whole state of it. */
    private final AtomicLong fullAt;

    /**
     * What is allowed.
     *
     * @param intervalNanos after which one more is
     * @param burst how many are at once
     */
    record Rate(long intervalNanos, int burst) {
        /** A century in which the bucket fills again, so that no sum overflows. */
        private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(36_500);

        Rate {
            if (intervalNanos < 1 || burst < 1 || intervalNanos > LONGEST_NANOS / burst) {
                throw new IllegalArgumentException("no rate");
            }
        }
    }

    /** In front of {@code next}. */
    public RateLimit(HttpHandler next, WebConfig config, Refusal refusal) {
        this(next, config, refusal, System::nanoTime);
    }

    RateLimit(HttpHandler next, WebConfig config, Refusal refusal, LongSupplier nanoTime) {
        this.next = next;
        this.config = config;
        this.refusal = refusal;
        this.nanoTime = nanoTime;
        this.fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Rate rate = config.current().rate();
        long waitNanos = rate == null || UnixAddresses.isUnix(exchange.getConnection()) ? 0 : take(rate);
        if (waitNanos == 0) {
            next.handleRequest(exchange);
            return;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(waitNanos - 1) + 1;
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, seconds);
        refusal.send(exchange, 429, "Too Many Requests", "more requests than the web configuration's rate_limit");
    }

    /** Takes one from the bucket: 0, or how long until there is one. */
    private long take(Rate rate) {
        long now = nanoTime.getAsLong();
        while (true) {
            long before = fullAt.get();
            long missing = Math.max(before - now, 0);
            long waitNanos = missing - (rate.burst - 1) * rate.intervalNanos;
            if (waitNanos > 0) {
                return waitNanos;
            }
            if (fullAt.compareAndSet(before, now + missing + rate.intervalNanos)) {
                return 0;
            }
        }
    }
}
