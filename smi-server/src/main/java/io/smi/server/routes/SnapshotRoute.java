package io.smi.server.routes;

import io.smi.schema.EncodedFrame;
import io.smi.schema.Section;
import io.smi.server.http.Bodies;
import io.smi.server.http.ProblemException;
import io.smi.server.http.Query;
import io.smi.server.http.Route;
import io.undertow.server.HttpServerExchange;
import java.util.Arrays;
import java.util.Set;

/** {@code /snapshot}: the newest frame. */
public final class SnapshotRoute implements Route.Handler {
    /** What it takes. */
    public static final Set<String> PARAMETERS = Set.of("include", "pretty");

    private final FrameSource frames;
    private final Bodies bodies;

    /** Answers from this source. */
    public SnapshotRoute(FrameSource frames, Bodies bodies) {
        this.frames = frames;
        this.bodies = bodies;
    }

    @Override
    public void handle(HttpServerExchange exchange, Query query) throws ProblemException {
        Set<Section> include = query.include(frames.sections());
        boolean pretty = query.flag("pretty");
        frames.answer(exchange, include, frame -> {
            byte[] json = frame.encoded().bytes(include);
            bodies.send(exchange, "application/json", line(pretty ? EncodedFrame.pretty(json) : json));
        });
    }

    private static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
