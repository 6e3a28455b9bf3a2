package io.smi.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request, as RFC 9457 has it.
 *
 * @param status of the response
 * @param detail one sentence for whoever sent the request
 * @param parameter name of the query parameter or header that is to blame; null when none is
 */
public record Problem(int status, String detail, @Nullable String parameter) {
    /** That Undertow has no name for. */
    private static final int MISDIRECTED_REQUEST = 421;

    private static final String CONTENT_TYPE = "application/problem+json";

    /** A problem with the request as a whole. */
    public Problem(int status, String detail) {
        this(status, detail, null);
    }

    /** Ends the exchange with this problem. */
    public void send(HttpServerExchange exchange) {
        byte[] body = Json.object(json -> {
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", title());
            json.writeNumberProperty("status", status);
            json.writeStringProperty("detail", detail);
            if (parameter != null) {
                json.writeStringProperty("parameter", parameter);
            }
        });
        exchange.setStatusCode(status);
        exchange.setReasonPhrase(title());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        Responses.send(exchange, CONTENT_TYPE, body);
    }

    private String title() {
        return status == MISDIRECTED_REQUEST ? "Misdirected Request" : StatusCodes.getReason(status);
    }

    /** As what a handler throws. */
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
