package io.smi.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the route of a path; there are no others. */
public final class Router implements HttpHandler {
    private final Map<String, Route> routes = new HashMap<>();

    /** A router of these routes. */
    public Router(List<Route> routes) {
        routes.forEach(route -> this.routes.put(route.path(), route));
    }

    /** Whether anybody may ask for this path. */
    public boolean isOpen(String path) {
        Route route = routes.get(path);
        return route != null && route.open();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws ProblemException {
        Route route = routes.get(exchange.getRequestPath());
        if (route == null) {
            throw new Problem(StatusCodes.NOT_FOUND, "nothing is served on this path; see /openapi.json").exception();
        }
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        route.handler().handle(exchange, Query.parse(exchange.getQueryString(), route.parameters()));
    }
}
