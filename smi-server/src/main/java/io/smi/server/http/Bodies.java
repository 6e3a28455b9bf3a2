package io.smi.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends large bodies, and no more of them at a time than there is room for: clients that ask and do not read would fill
 * the heap.
 */
public final class Bodies {
    /** A quarter of the heap; one body may be larger. */
    private static final long MOST_BYTES = 24 << 20;

    private final AtomicLong bytesUnderWay = new AtomicLong();

    /** Like {@link Responses#send}, or a 503; nothing where the client has gone. */
    public void send(HttpServerExchange exchange, String contentType, byte[] body) {
        if (exchange.isComplete()) {
            return;
        }
        exchange.addExchangeCompleteListener((ended, others) -> {
            bytesUnderWay.addAndGet(-body.length);
            others.proceed();
        });
        long underWay = bytesUnderWay.addAndGet(body.length);
        if (underWay > MOST_BYTES && underWay > body.length) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1").remove(Headers.CONTENT_ENCODING);
            new Problem(StatusCodes.SERVICE_UNAVAILABLE, "too many large answers are under way, which nobody reads")
                    .send(exchange);
        } else {
            Responses.send(exchange, contentType, body);
        }
    }
}
