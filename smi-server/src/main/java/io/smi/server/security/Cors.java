package io.smi.server.security;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers that pages of some other origins may read the answers. Without such origins it does nothing, and a
 * browser keeps every answer from pages that are not our own.
 *
 * <p>Credentials are never allowed by CORS: a page of another origin that must authenticate sends the Authorization
 * header itself. Answers preflights without authentication, since browsers send none with them.
 */
public final class Cors implements HttpHandler {
    /** The origin of pages opened from disk, and of every sandboxed frame on the net. */
    public static final String NULL_ORIGIN = "null";

    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
    private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
    private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");
    private static final int MAX_AGE_SECONDS = 600;

    private final HttpHandler next;
    private final Set<String> origins;

    /**
     * In front of {@code next}, which must come before what answers OPTIONS otherwise.
     *
     * @param origins each as a browser sends it: {@code https://host} or {@code https://host:port}, or {@code null}
     * @throws IllegalArgumentException when one is not; the message is for the person who gave it
     */
    public Cors(HttpHandler next, Collection<String> origins) {
        this.next = next;
        this.origins = Set.copyOf(origins);
        this.origins.forEach(Cors::checked);
    }

    /**
     * An origin that is written as browsers send it.
     *
     * @throws IllegalArgumentException when it is not; the message is for the person who gave it
     */
    public static String checked(String origin) {
        if (origin.equals("*")) {
            throw new IllegalArgumentException(
                    "origin *: any page on the net could read this machine's data; name each origin");
        }
        if (!origin.equals(NULL_ORIGIN) && !origin.equals(canonical(origin))) {
            throw new IllegalArgumentException("not an origin: '" + origin
                    + "'; write it as a browser does: https://host or https://host:port, in lower case, without the"
                    + " scheme's own port, and nothing behind it");
        }
        return origin;
    }

    /** As a browser writes it; null when it is none. */
    private static @Nullable String canonical(String origin) {
        try {
            URI uri = new URI(origin);
            if (uri.getScheme() == null || uri.getHost() == null) {
                return null;
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean usual =
                    (scheme.equals("http") && uri.getPort() == 80) || (scheme.equals("https") && uri.getPort() == 443);
            String port = uri.getPort() < 0 || usual ? "" : ":" + uri.getPort();
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (origins.isEmpty()) {
            next.handleRequest(exchange);
            return;
        }
        HeaderMap request = exchange.getRequestHeaders();
        HeaderMap response = exchange.getResponseHeaders();
        response.add(Headers.VARY, "Origin");
        String origin = request.getFirst(Headers.ORIGIN);
        boolean allowed = origin != null && origins.contains(origin);
        if (allowed) {
            response.put(ALLOW_ORIGIN, origin);
        }
        if (origin == null
                || !exchange.getRequestMethod().equals(Methods.OPTIONS)
                || !request.contains(REQUEST_METHOD)) {
            if (allowed) {
                response.put(EXPOSE_HEADERS, "Retry-After, WWW-Authenticate");
            }
            next.handleRequest(exchange);
            return;
        }
        if (allowed) {
            response.put(ALLOW_METHODS, "GET, HEAD");
            response.put(ALLOW_HEADERS, "Accept, Authorization, Cache-Control, Last-Event-ID");
            response.put(MAX_AGE, MAX_AGE_SECONDS);
        }
        exchange.setStatusCode(204).endExchange();
    }
}
