package io.smi.record.remote;

import io.smi.schema.Section;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** How {@code /events} is asked for. */
record EventsRequest(String target, Credentials credentials) {
    /** Of these options, which must not contradict the address. */
    static EventsRequest of(RemoteOptions options, RemoteAddress address, Timing timing) {
        boolean unix = address.socket() != null;
        if (options.tokenFile() != null && (unix || address.userInfo() != null)) {
            throw refused(
                    address,
                    unix ? "a Unix socket takes no token" : "either a token or a user and a password, not both");
        }
        if (options.caFile() != null && !address.isTls()) {
            throw refused(address, "certificates are for https");
        }
        return new EventsRequest(
                "/events?" + query(options, timing), new Credentials(address.userInfo(), options.tokenFile()));
    }

    private static IllegalArgumentException refused(RemoteAddress address, String reason) {
        return new IllegalArgumentException("--from: '" + address.name() + "': " + reason);
    }

    private static String query(RemoteOptions options, Timing timing) {
        StringJoiner query = new StringJoiner("&");
        query.add("events=snapshot,server");
        query.add("replay=1");
        query.add("heartbeat=" + timing.heartbeat().toSeconds());
        if (!options.include().isEmpty()) {
            StringJoiner sections = new StringJoiner(",");
            for (Section section : options.include()) {
                sections.add(section.label());
            }
            query.add("include=" + sections);
        }
        if (options.throttle() != null) {
            BigDecimal seconds = BigDecimal.valueOf(options.throttle().toNanos(), 9);
            query.add("throttle=" + seconds.stripTrailingZeros().toPlainString());
        }
        return query.toString();
    }

    /**
     * For what came after the frame of this number; 0 for none.
     *
     * @throws IOException when the file of the token cannot be used
     */
    Request after(long seq) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Accept", "text/event-stream");
        headers.put("Cache-Control", "no-store");
        headers.put("User-Agent", "smi-record");
        if (seq > 0) {
            headers.put("Last-Event-ID", Long.toString(seq));
        }
        return new Request(target, credentials.authorization(), headers);
    }
}
