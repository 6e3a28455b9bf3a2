package io.smi.server.security;

import io.undertow.server.HttpServerExchange;
import java.net.UnixDomainSocketAddress;

/** Where a request comes from. */
final class Peers {
    private Peers() {}

    /** Whether it came through the Unix socket, whose file permissions have already said who may ask. */
    static boolean onUnixSocket(HttpServerExchange exchange) {
        return exchange.getConnection().getPeerAddress() instanceof UnixDomainSocketAddress;
    }
}
