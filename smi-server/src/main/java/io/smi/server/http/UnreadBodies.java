package io.smi.server.http;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/**
 * Leaves the body of a request where it is, and the connection with it. Undertow would read it to the end before it
 * answers, however long that takes, or print a stack trace when it is longer than it may be.
 */
public final class UnreadBodies implements HttpHandler {
    private final HttpHandler next;

    /** In front of whatever may answer such a request. */
    public UnreadBodies(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.isRequestComplete()) {
            exchange.setPersistent(false);
            Connectors.terminateRequest(exchange);
        }
        next.handleRequest(exchange);
    }
}
