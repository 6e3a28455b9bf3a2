package io.smi.server.socket;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/**
 * Lets go of a connection that was closed while it was answered. Undertow would wait for the next request on it, and
 * keep it and its buffers for the whole NO_REQUEST_TIMEOUT: clients of a Unix socket who ask and hang up, thousands a
 * second, would fill the heap. Goes before all other handlers.
 */
public final class ClosedConnections implements HttpHandler {
    private final HttpHandler next;

    public ClosedConnections(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        // Listeners run last added first, so this one runs before Undertow's own, which looks at the flag.
        exchange.addExchangeCompleteListener((ended, others) -> {
            if (!ended.getConnection().isOpen()) {
                ended.setPersistent(false);
            }
            others.proceed();
        });
        next.handleRequest(exchange);
    }
}
