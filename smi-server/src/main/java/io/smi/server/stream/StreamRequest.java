package io.smi.server.stream;

import io.smi.schema.Section;
import io.smi.server.http.ProblemException;
import io.smi.server.http.Query;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks {@code /events} for.
 *
 * @param throttleNanos least time between two frames; 0 for every frame
 * @param heartbeatNanos how long nothing is sent at the most
 * @param last the id that the client has seen last: null when it says none, -1 when it is not one of ours
 * @param replay whether it wants what the ring holds of what it has missed
 */
record StreamRequest(
        Selection selection,
        Set<EventKind> kinds,
        long throttleNanos,
        long heartbeatNanos,
        @Nullable Long last,
        boolean replay) {

    static final Set<String> PARAMETERS =
            Set.of("include", "throttle", "heartbeat", "device", "events", "last_event_id", "replay");

    private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");
    private static final Duration MOST_THROTTLE = Duration.ofDays(1);
    private static final Duration LEAST_HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration MOST_HEARTBEAT = Duration.ofHours(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final long FOREIGN = -1;
    private static final int LONGEST_ID = 16;

    /**
     * Reads a request.
     *
     * @param sections without {@code include}
     * @param interval between two frames: a throttle may not be shorter, and one that is no longer does nothing
     */
    static StreamRequest of(
            HttpServerExchange exchange, Query query, Set<Section> sections, Duration interval, Selections selections)
            throws ProblemException {
        Selection selection = selections.of(query.include(sections), query.all("device"));
        Duration throttle = query.seconds("throttle", interval, MOST_THROTTLE);
        Duration heartbeat = query.seconds("heartbeat", LEAST_HEARTBEAT, MOST_HEARTBEAT);
        return new StreamRequest(
                selection,
                kinds(query),
                throttle == null || throttle.equals(interval) ? 0 : throttle.toNanos(),
                Objects.requireNonNullElse(heartbeat, HEARTBEAT).toNanos(),
                last(exchange, query),
                query.flag("replay"));
    }

    private static Set<EventKind> kinds(Query query) throws ProblemException {
        String list = query.get("events");
        TreeSet<EventKind> kinds = new TreeSet<>();
        if (list == null) {
            kinds.addAll(List.of(EventKind.SNAPSHOT, EventKind.DEVICE, EventKind.SERVER));
            return kinds;
        }
        try {
            for (String name : list.split(",", -1)) {
                kinds.add(EventKind.parse(name));
            }
        } catch (IllegalArgumentException e) {
            throw Query.refused("events", "events: " + e.getMessage());
        }
        return kinds;
    }

    /**
     * The header wins: a browser that reconnects sends it, with the parameter still in the URL. One that makes no sense
     * is of another server, and no error: an EventSource that gets one never comes back.
     */
    private static @Nullable Long last(HttpServerExchange exchange, Query query) throws ProblemException {
        String parameter = query.get("last_event_id");
        if (parameter != null && !isId(parameter)) {
            throw Query.refused("last_event_id", "last_event_id: '" + parameter + "' is not the id of an event");
        }
        String header = exchange.getRequestHeaders().getFirst(LAST_EVENT_ID);
        String last = header == null ? parameter : header;
        if (last == null || last.isEmpty()) {
            return null;
        }
        return isId(last) ? Long.parseLong(last) : FOREIGN;
    }

    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_ID;
    }
}
