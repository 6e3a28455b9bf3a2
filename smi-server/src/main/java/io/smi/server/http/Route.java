package io.smi.server.http;

import io.undertow.server.HttpServerExchange;
import java.util.Set;

/**
 * A path and what answers on it, to GET and HEAD.
 *
 * @param parameters names of the query parameters that it takes
 * @param open whether anybody may ask, when others must say who they are
 */
public record Route(String path, Set<String> parameters, boolean open, Handler handler) {
    /** Answers on an I/O thread, which it must not hold up. */
    public interface Handler {
        /**
         * Answers, now or later.
         *
         * @throws ProblemException when the request cannot be answered
         */
        void handle(HttpServerExchange exchange, Query query) throws ProblemException;
    }

    public Route {
        parameters = Set.copyOf(parameters);
    }
}
