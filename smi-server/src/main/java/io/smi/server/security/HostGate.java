package io.smi.server.security;

import io.smi.server.socket.UnixAddresses;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets a request through only if it was meant for this host: it names an IP address, {@code localhost} or an allowed
 * name; ports do not matter. Against DNS rebinding, in which a web page makes its own name point to this machine and
 * then reads from it as if from its own origin: such a request carries that name.
 *
 * <p>The Unix socket is exempt, since no browser reaches it. So is a request without a Host, which only HTTP/1.0 may
 * send and no browser does. A host in the request line is none of its own: Undertow holds it against the Host.
 */
public final class HostGate implements HttpHandler {
    private final HttpHandler next;
    private final Refusal refusal;
    private final Set<String> names = new TreeSet<>();

    /**
     * In front of {@code next}.
     *
     * @param names this host's own, those of {@code --listen} and of {@code --allow-host}. The first part of a name
     *     with dots is another name
     * @throws IllegalArgumentException when one can be no host name; the message is for the person who gave it
     */
    public HostGate(HttpHandler next, Collection<String> names, Refusal refusal) {
        this.next = next;
        this.refusal = refusal;
        this.names.add("localhost");
        for (String name : names) {
            this.names.add(canonical(checked(name)));
        }
    }

    /**
     * A name that a host can have.
     *
     * @throws IllegalArgumentException when it is none; the message is for the person who gave it
     */
    public static String checked(String name) {
        String canonical = canonical(name);
        if (canonical.isEmpty() || canonical.chars().anyMatch(c -> c <= ' ' || "/@[]*,".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("not a host name: '" + name + "'");
        }
        return name;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (UnixAddresses.isUnix(exchange.getConnection())) {
            next.handleRequest(exchange);
            return;
        }
        HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
        if (hosts != null && hosts.size() > 1) {
            refusal.send(exchange, 400, "Bad Request", "more than one Host");
            return;
        }
        String host = hosts == null ? null : hosts.getFirst();
        if (host == null || isOurs(host)) {
            next.handleRequest(exchange);
            return;
        }
        refusal.send(
                exchange,
                421,
                "Misdirected Request",
                "this server does not answer for the host '" + host + "'; if it should, start it with --allow-host");
    }

    private boolean isOurs(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        boolean port = colon > hostAndPort.lastIndexOf(']');
        if (port && !hostAndPort.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        String host = port ? hostAndPort.substring(0, colon) : hostAndPort;
        return names.contains(canonical(host)) || isAddress(host);
    }

    private static boolean isAddress(String host) {
        try {
            if (host.startsWith("[") && host.endsWith("]")) {
                Inet6Address.ofLiteral(host.substring(1, host.length() - 1));
            } else {
                Inet4Address.ofLiteral(host);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Names are the same in any case, and with a dot at the end. */
    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
