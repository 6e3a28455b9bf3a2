package io.smi.record.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** TCP, with TLS or without, by Java's HTTP client. */
final class HttpTransport implements Transport {
    private static final int MOST_REDIRECTS = 5;
    private static final int IDLE_SECONDS = 10;

    private final URI base;
    private final @Nullable Path caFile;
    private final Timing timing;
    private @Nullable HttpClient client;
    private volatile @Nullable ReceivedBody body;
    private boolean closed;

    /** Nothing is read, and no thread started, before the first request. */
    HttpTransport(RemoteAddress address, @Nullable Path caFile, Timing timing) {
        this.base = address.base();
        this.caFile = caFile;
        this.timing = timing;
    }

    @Override
    public Answer get(Request request) throws IOException, InterruptedException {
        URI target = URI.create(base + request.target());
        for (int i = 0; ; i++) {
            Answer answer = get(target, request);
            URI next = redirect(target, answer);
            if (next == null) {
                return answer;
            }
            answer.body().close();
            if (i == MOST_REDIRECTS) {
                throw new RefusedException(
                        "redirects more than " + MOST_REDIRECTS + " times, at last to " + shown(next), null);
            }
            target = next;
        }
    }

    private Answer get(URI target, Request request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target);
        request.headers().forEach(builder::setHeader);
        if (!request.authorization().isEmpty() && isOurs(target)) {
            builder.setHeader("Authorization", request.authorization());
        }
        HttpResponse<InputStream> response = send(builder.build());
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new Answer(response.statusCode(), headers, response.body());
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        ReceivedBody received = new ReceivedBody(timing.silence());
        body = received;
        CompletableFuture<HttpResponse<InputStream>> response = client().sendAsync(request, head -> received);
        try {
            return response.get(timing.connect().plus(timing.silence()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new SilenceException(timing.silence());
        } finally {
            response.cancel(true);
        }
    }

    /** Where the server sends us; null when it does not. Never from one scheme to another: that would drop TLS. */
    private @Nullable URI redirect(URI from, Answer answer) throws IOException {
        String location = answer.headers().get("location");
        if (!List.of(301, 302, 303, 307, 308).contains(answer.status()) || location == null) {
            return null;
        }
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("redirects to '" + Text.clean(location) + "', which is no URL", null);
        }
        if (!base.getScheme().equalsIgnoreCase(to.getScheme()) || to.getHost() == null) {
            throw new RefusedException("redirects to " + shown(to) + ", which is not " + base.getScheme(), null);
        }
        return to;
    }

    private static String shown(URI target) {
        return Text.clean(target.getScheme() + "://" + target.getRawAuthority() + target.getRawPath());
    }

    /** Whether it is the server that the user named: no other gets the password. */
    private boolean isOurs(URI target) {
        return base.getHost().equalsIgnoreCase(target.getHost()) && base.getPort() == target.getPort();
    }

    private synchronized HttpClient client() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(timing.connect())
                    .executor(worker())
                    .sslContext(Trust.context(base.getScheme().equals("https"), caFile))
                    .build();
            client = known;
        }
        return known;
    }

    /** One thread, which ends when idle: a client that is just being closed may still give it a task. */
    private static Executor worker() {
        ThreadPoolExecutor worker = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("smi-remote").daemon().factory());
        worker.allowCoreThreadTimeOut(true);
        return worker;
    }

    @Override
    public synchronized void close() {
        closed = true;
        ReceivedBody open = body;
        if (open != null) {
            open.close();
        }
        if (client != null) {
            client.shutdownNow();
        }
    }
}
