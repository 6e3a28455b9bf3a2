package io.smi.server.security;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/**
 * Sets what every response carries: {@code X-Content-Type-Options: nosniff}, and the headers of the web configuration.
 * A route that sets one of these itself wins.
 */
public final class ResponseHeaders implements HttpHandler {
    private final HttpHandler next;
    private final WebConfig config;

    /** In front of {@code next}. */
    public ResponseHeaders(HttpHandler next, WebConfig config) {
        this.next = next;
        this.config = config;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        config.current().headers().forEach(headers::put);
        next.handleRequest(exchange);
    }
}
