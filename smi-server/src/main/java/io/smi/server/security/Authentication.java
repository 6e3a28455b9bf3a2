package io.smi.server.security;

import io.smi.server.socket.UnixAddresses;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through with a user's password or a token, when there are users or tokens; either will do when there
 * are both. Requests of the Unix socket are let through: its file permissions have said who may ask.
 *
 * <p>What comes after it always runs in the connection's I/O thread, as what came before.
 */
public final class Authentication implements HttpHandler {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final HttpHandler next;
    private final WebConfig config;
    private final @Nullable BearerToken token;
    private final Predicate<String> open;
    private final Refusal refusal;
    private final Passwords passwords = new Passwords();

    /**
     * In front of {@code next}.
     *
     * @param token null without tokens
     * @param open tells of a path, as the routes see it, whether anybody may ask for it
     */
    public Authentication(
            HttpHandler next, WebConfig config, @Nullable BearerToken token, Predicate<String> open, Refusal refusal) {
        this.next = next;
        this.config = config;
        this.token = token;
        this.open = open;
        this.refusal = refusal;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Map<String, String> users = config.current().users();
        if ((users.isEmpty() && token == null)
                || UnixAddresses.isUnix(exchange.getConnection())
                || open.test(exchange.getRelativePath())) {
            next.handleRequest(exchange);
            return;
        }
        String credentials = credentials(exchange);
        if (token != null && startsWith(credentials, BEARER)) {
            if (token.matches(credentials.substring(BEARER.length()).strip())) {
                next.handleRequest(exchange);
            } else {
                refuse(exchange, "the token is not valid");
            }
        } else if (!users.isEmpty() && startsWith(credentials, BASIC)) {
            checkPassword(exchange, users, credentials.substring(BASIC.length()).strip());
        } else {
            refuse(exchange, "credentials are needed");
        }
    }

    /** The Authorization header; empty when there is none, or more than one. */
    private static String credentials(HttpServerExchange exchange) {
        HeaderValues values = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
        return values == null || values.size() != 1 ? "" : values.getFirst();
    }

    private static boolean startsWith(String credentials, String scheme) {
        return credentials.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private void checkPassword(HttpServerExchange exchange, Map<String, String> users, String encoded)
            throws Exception {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            refuse(exchange, "the credentials are not base64");
            return;
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            refuse(exchange, "the credentials hold no colon");
            return;
        }
        CompletableFuture<Boolean> check;
        try {
            check = passwords.check(users, pair.substring(0, colon), pair.substring(colon + 1));
        } catch (RejectedExecutionException e) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
            refusal.send(exchange, 503, "Service Unavailable", "too many passwords wait to be checked");
            return;
        }
        if (check.isDone()) {
            decide(exchange, check.join());
        } else {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> decideLater(exchange, check));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it returns ends with the same answer
    private void decideLater(HttpServerExchange exchange, CompletableFuture<Boolean> check) {
        check.whenComplete((right, failure) -> {
            HttpHandler decision = e -> decide(e, failure == null && right);
            exchange.dispatch(exchange.getIoThread(), decision);
        });
    }

    private void decide(HttpServerExchange exchange, boolean right) throws Exception {
        if (right) {
            next.handleRequest(exchange);
        } else {
            refuse(exchange, "user or password is wrong");
        }
    }

    private void refuse(HttpServerExchange exchange, String detail) {
        HeaderMap headers = exchange.getResponseHeaders();
        if (token != null) {
            headers.add(Headers.WWW_AUTHENTICATE, "Bearer realm=\"smi\"");
        }
        if (!config.current().users().isEmpty()) {
            headers.add(Headers.WWW_AUTHENTICATE, "Basic realm=\"smi\", charset=\"UTF-8\"");
        }
        refusal.send(exchange, 401, "Unauthorized", detail);
    }
}
