package io.smi.server.socket;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * Tells the exchanges of a Unix socket that they run from localhost to localhost. Undertow knows internet addresses
 * only, and {@link HttpServerExchange#getHostName} and others fail without one. Goes before all other handlers.
 */
public final class UnixAddresses implements HttpHandler {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

    private final HttpHandler next;

    public UnixAddresses(HttpHandler next) {
        this.next = next;
    }

    /** Whether this connection came through a Unix socket, ours or an inherited one. */
    public static boolean isUnix(ServerConnection connection) {
        return connection.getPeerAddress() instanceof UnixDomainSocketAddress;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (isUnix(exchange.getConnection())) {
            exchange.setSourceAddress(CLIENT).setDestinationAddress(SERVER);
        }
        next.handleRequest(exchange);
    }
}
