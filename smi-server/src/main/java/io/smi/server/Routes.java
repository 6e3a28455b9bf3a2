package io.smi.server;

import io.smi.core.live.LiveFrame;
import io.smi.schema.JsonSchema;
import io.smi.server.http.Bodies;
import io.smi.server.http.Route;
import io.smi.server.metrics.ServerStats;
import io.smi.server.routes.DocumentRoute;
import io.smi.server.routes.FrameSource;
import io.smi.server.routes.HealthRoute;
import io.smi.server.routes.MetricsRoute;
import io.smi.server.routes.PageRoute;
import io.smi.server.routes.SnapshotRoute;
import io.smi.server.stream.Hub;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The list of paths: a new one is a line here and its file in {@code routes}. */
final class Routes {
    private static final Set<String> NONE = Set.of();

    private Routes() {}

    static List<Route> of(FrameSource frames, Hub hub, HealthRoute health, Function<LiveFrame, ServerStats> stats) {
        Bodies bodies = new Bodies();
        return List.of(
                new Route("/", NONE, true, new PageRoute()),
                new Route("/snapshot", SnapshotRoute.PARAMETERS, false, new SnapshotRoute(frames, bodies)),
                new Route("/events", Hub.PARAMETERS, false, hub::handle),
                new Route("/metrics", MetricsRoute.PARAMETERS, false, new MetricsRoute(frames, stats, bodies)),
                new Route("/schema", NONE, false, document("application/schema+json", JsonSchema.text())),
                new Route(
                        "/openapi.json",
                        NONE,
                        false,
                        new DocumentRoute("application/json", DocumentRoute.resource("openapi.json"))),
                new Route("/health", NONE, true, health::health),
                new Route("/healthz", NONE, true, health::health),
                new Route("/-/healthy", NONE, true, health::health),
                new Route("/ready", NONE, true, health::ready),
                new Route("/readyz", NONE, true, health::ready),
                new Route("/-/ready", NONE, true, health::ready));
    }

    private static Route.Handler document(String contentType, String text) {
        return new DocumentRoute(contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
