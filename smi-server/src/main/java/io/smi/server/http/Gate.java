package io.smi.server.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;

/**
 * What no route needs to see: requests that are too large, carry a body or use a method that changes things.
 */
public final class Gate implements HttpHandler {
    /** Of the request line and all headers. Undertow itself cuts the connection at twice that. */
    public static final int MAX_HEAD_BYTES = 8 << 10;

    private static final int MAX_URI_LENGTH = 2 << 10;
    private static final int MAX_HEADERS = 64;
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final HttpHandler next;

    /** A gate in front of another handler. */
    public Gate(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        try {
            check(exchange);
        } catch (ProblemException e) {
            e.problem().send(exchange);
            return;
        }
        if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, ALLOWED);
            exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
        } else {
            next.handleRequest(exchange);
        }
    }

    private static void check(HttpServerExchange exchange) throws ProblemException {
        HttpString method = exchange.getRequestMethod();
        if (!method.equals(Methods.GET) && !method.equals(Methods.HEAD) && !method.equals(Methods.OPTIONS)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, ALLOWED);
            throw closing(exchange, StatusCodes.METHOD_NOT_ALLOWED, "allowed are " + ALLOWED);
        }
        if (exchange.getRequestURI().length() + exchange.getQueryString().length() > MAX_URI_LENGTH) {
            throw closing(
                    exchange, StatusCodes.REQUEST_URI_TOO_LARGE, "a URI has at most " + MAX_URI_LENGTH + " bytes");
        }
        HeaderMap headers = exchange.getRequestHeaders();
        if (headers.contains(Headers.TRANSFER_ENCODING) || exchange.getRequestContentLength() > 0) {
            throw closing(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, "a request has no body");
        }
        if (bytes(headers) > MAX_HEAD_BYTES || headers.size() > MAX_HEADERS) {
            throw closing(
                    exchange,
                    StatusCodes.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "headers have at most " + MAX_HEAD_BYTES + " bytes in " + MAX_HEADERS + " names");
        }
    }

    private static long bytes(HeaderMap headers) {
        long bytes = 0;
        for (HeaderValues values : headers) {
            for (String value : values) {
                bytes += values.getHeaderName().length() + value.length() + 4L;
            }
        }
        return bytes;
    }

    /** The rest of such a request is not read. */
    private static ProblemException closing(HttpServerExchange exchange, int status, String detail) {
        exchange.setPersistent(false);
        return new Problem(status, detail).exception();
    }
}
