package io.smi.server.security;

import io.undertow.server.HttpServerExchange;

/** Answers a request that is not let through, and ends it. */
@FunctionalInterface
public interface Refusal {
    /**
     * Sends a problem. Response headers set before are kept.
     *
     * @param status of 400 and above
     * @param title the status in words
     * @param detail what this request lacks, for the person who made it
     */
    void send(HttpServerExchange exchange, int status, String title, String detail);
}
