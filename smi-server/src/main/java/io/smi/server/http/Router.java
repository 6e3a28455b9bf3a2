package io.smi.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Finds the route of a path; there are no others. Nothing that a route throws gets past it. */
public final class Router implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(Router.class);

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
    public void handleRequest(HttpServerExchange exchange) {
        try {
            route(exchange);
        } catch (ProblemException e) {
            e.problem().send(exchange);
        } catch (RuntimeException e) {
            failed(exchange, e);
        }
    }

    /** Answers 500 to a request that ran into a fault of ours, and logs it. */
    public static void failed(HttpServerExchange exchange, Throwable fault) {
        LOG.errorf(fault, "%s %s failed", exchange.getRequestMethod(), exchange.getRequestPath());
        if (exchange.isResponseStarted()) {
            exchange.endExchange();
        } else {
            new Problem(StatusCodes.INTERNAL_SERVER_ERROR, "a fault of the server, which has logged it").send(exchange);
        }
    }

    private void route(HttpServerExchange exchange) throws ProblemException {
        Route route = routes.get(exchange.getRequestPath());
        if (route == null || !exchange.getPathParameters().isEmpty()) {
            throw new Problem(StatusCodes.NOT_FOUND, "nothing is served on this path; see /openapi.json").exception();
        }
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        route.handler().handle(exchange, Query.parse(exchange.getQueryString(), route.parameters()));
    }
}
