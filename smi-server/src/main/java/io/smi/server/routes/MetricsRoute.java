package io.smi.server.routes;

import io.smi.core.live.LiveFrame;
import io.smi.schema.Section;
import io.smi.server.http.Bodies;
import io.smi.server.http.ProblemException;
import io.smi.server.http.Query;
import io.smi.server.http.Route;
import io.smi.server.http.Router;
import io.smi.server.metrics.Exposition;
import io.smi.server.metrics.FrameMetrics;
import io.smi.server.metrics.ServerMetrics;
import io.smi.server.metrics.ServerStats;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.QValueParser;
import io.undertow.util.QValueParser.QValueResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: the newest frame and the server's own state, for Prometheus. */
public final class MetricsRoute implements Route.Handler {
    /** What it takes. */
    public static final Set<String> PARAMETERS = Set.of("include");

    private static final Set<Section> ALL_BUT_PROCESSES = allButProcesses();

    private final FrameSource frames;
    private final Function<LiveFrame, ServerStats> stats;
    private final Bodies bodies;

    /**
     * Answers from this source.
     *
     * @param stats the server's state beside a frame
     */
    public MetricsRoute(FrameSource frames, Function<LiveFrame, ServerStats> stats, Bodies bodies) {
        this.frames = frames;
        this.stats = stats;
        this.bodies = bodies;
    }

    /** Processes come and go: as series they would outgrow everything else, so they are for those who name them. */
    private static Set<Section> allButProcesses() {
        TreeSet<Section> sections = new TreeSet<>(List.of(Section.values()));
        sections.remove(Section.PROCESS);
        return Collections.unmodifiableSet(sections);
    }

    @Override
    public void handle(HttpServerExchange exchange, Query query) throws ProblemException {
        Set<Section> include = query.include(ALL_BUT_PROCESSES);
        // Rendering takes longer than anything else here: not on the thread that streams.
        frames.answer(
                exchange,
                include,
                frame -> exchange.dispatch(() -> {
                    try {
                        send(exchange, frame, include);
                    } catch (IOException | RuntimeException e) {
                        Router.failed(exchange, e);
                    }
                }));
    }

    private void send(HttpServerExchange exchange, LiveFrame frame, Set<Section> include) throws IOException {
        HeaderMap request = exchange.getRequestHeaders();
        HeaderMap response = exchange.getResponseHeaders();
        Exposition exposition = Exposition.negotiate(request.getFirst(Headers.ACCEPT));
        byte[] text = exposition.render(
                ServerMetrics.of(stats.apply(frame)),
                FrameMetrics.of(frame.frame().only(include)));
        response.add(Headers.VARY, "Accept, Accept-Encoding");
        if (takesGzip(request.get(Headers.ACCEPT_ENCODING))) {
            response.put(Headers.CONTENT_ENCODING, "gzip");
            text = gzip(text);
        }
        bodies.send(exchange, exposition.contentType(), text);
    }

    private static boolean takesGzip(@Nullable HeaderValues accepted) {
        if (accepted == null) {
            return false;
        }
        for (List<QValueResult> level : QValueParser.parse(accepted)) {
            for (QValueResult encoding : level) {
                if (encoding.getValue().equalsIgnoreCase("gzip")) {
                    return !encoding.isQValueZero();
                }
            }
        }
        return false;
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length / 4);
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }
}
