package io.smi.server.routes;

import io.smi.server.http.Query;
import io.smi.server.http.Responses;
import io.smi.server.http.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * {@code /}: the live page, one document with its style and its script. A browser runs nothing else on it, whatever the
 * names of devices and processes hold, and loads nothing from elsewhere.
 */
public final class PageRoute implements Route.Handler {
    private static final HttpString POLICY = new HttpString("Content-Security-Policy");
    private static final HttpString REFERRER = new HttpString("Referrer-Policy");

    private final byte[] page = DocumentRoute.resource("page/index.html");
    private final String policy;

    /** The page as it lies in the jar. */
    public PageRoute() {
        String html = new String(page, StandardCharsets.UTF_8);
        policy = "default-src 'none'; connect-src 'self'; img-src data:; style-src " + hashes(html, "style")
                + "; script-src " + hashes(html, "script")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                + "; require-trusted-types-for 'script'; trusted-types";
    }

    /** What may stand in such elements: exactly what does. */
    private static String hashes(String html, String element) {
        List<String> hashes = new ArrayList<>();
        String open = "<" + element + ">";
        for (int start = html.indexOf(open); start >= 0; start = html.indexOf(open, start)) {
            start += open.length();
            String content = html.substring(start, html.indexOf("</" + element + ">", start));
            hashes.add("'sha256-" + Base64.getEncoder().encodeToString(sha256(content)) + "'");
        }
        return String.join(" ", hashes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void handle(HttpServerExchange exchange, Query query) {
        exchange.getResponseHeaders().put(POLICY, policy).put(REFERRER, "no-referrer");
        Responses.send(exchange, "text/html; charset=utf-8", page);
    }
}
