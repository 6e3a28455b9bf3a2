package io.smi.cli.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smi.schema.EncodedFrame;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Serves the page and a stream that a test writes; it can refuse, ask for a token, and end its streams. */
final class PageServer implements AutoCloseable {
    private static final String END = "";
    private static final String PAGE = page();

    /** What a test may look at of a request for {@code /events}. */
    record Asked(
            String path,
            @Nullable String query,
            @Nullable String lastEventId,
            @Nullable String authorization) {}

    /** What {@code /events} says instead of streaming. */
    record Refusal(int status, Map<String, String> headers) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile String newest = "";
    private volatile @Nullable Refusal refusal;
    private volatile @Nullable String authorization;
    private volatile String challenge = "";
    private volatile @Nullable String corsOrigin;

    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Sends a frame to every stream, and to later ones as the first. */
    void send(SnapshotFrame frame) {
        String data = new String(EncodedFrame.of(frame).bytes(), StandardCharsets.UTF_8);
        newest = event("snapshot", "id: " + frame.seq() + "\n", data);
        write(newest);
    }

    void send(String kind, String data) {
        write(event(kind, "", data));
    }

    private static String event(String kind, String id, String data) {
        return "event: " + kind + "\n" + id + "data: " + data + "\n\n";
    }

    private void write(String event) {
        streams.forEach(stream -> stream.add(event));
    }

    void endStreams() {
        write(END);
    }

    /** Refuses from now on, or, with null, no longer. */
    void refuse(@Nullable Refusal how) {
        refusal = how;
    }

    void askForToken(String secret) {
        authorization = "Bearer " + secret;
        challenge = "Bearer realm=\"smi\"";
    }

    void askForPassword(String user, String password) {
        String both = user + ":" + password;
        authorization = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        challenge = "Basic realm=\"smi\"";
    }

    void allowOrigin(String origin) {
        corsOrigin = origin;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("/events")) {
                events(exchange);
            } else {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.getResponseHeaders().set("Content-Security-Policy", contentSecurityPolicy());
                body(exchange, 200, PAGE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void events(HttpExchange exchange) throws IOException, InterruptedException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(new Asked(
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getQuery(),
                exchange.getRequestHeaders().getFirst("Last-Event-ID"),
                given));
        if (corsOrigin != null) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", corsOrigin);
        }
        Refusal how = refusal;
        if (how != null) {
            how.headers().forEach(exchange.getResponseHeaders()::set);
            body(exchange, how.status(), "{\"title\":\"Not now\"}");
        } else if (authorization != null && !Objects.equals(given, authorization)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            body(exchange, 401, "{}");
        } else {
            stream(exchange);
        }
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        BlockingQueue<String> stream = new LinkedBlockingQueue<>();
        stream.add("retry: 100\n\n" + event("server.state", "", "{\"mode\":\"normal\"}") + newest);
        streams.add(stream);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store, no-transform");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String event = stream.take(); !event.equals(END); event = stream.take()) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } finally {
            streams.remove(stream);
        }
    }

    private static void body(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The strictest policy that the page can live with: its own style, its own script, this server. */
    private static String contentSecurityPolicy() {
        return "default-src 'none'; style-src '" + hash("style") + "'; script-src '" + hash("script")
                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types";
    }

    private static String hash(String element) {
        String open = "<" + element + ">";
        int start = PAGE.indexOf(open) + open.length();
        String inline = PAGE.substring(start, PAGE.indexOf("</" + element + ">", start));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String page() {
        try (InputStream in = PageServer.class.getResourceAsStream("/io/smi/server/page/index.html")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        endStreams();
        server.stop(0);
        threads.close();
    }
}
