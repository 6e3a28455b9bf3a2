package io.smi.server.stream;

import io.smi.server.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events as they go over the wire: fields, each on its line, and an empty line. */
final class Events {
    /** How long a client waits before it connects again. */
    static final byte[] RETRY = ascii("retry: 2000\n\n");

    /** To keep proxies from closing a stream on which nothing happens; no client sees it. */
    static final byte[] KEEP_ALIVE = ascii(": keep-alive\n\n");

    static final byte[] HEARTBEAT = of("heartbeat", ascii("{}"));
    static final byte[] NORMAL = of("server.state", ascii("{\"mode\":\"normal\"}"));

    /** To a client that comes back with the id of a frame that is not of this run. */
    static final byte[] RESTARTED = of("server.state", ascii("{\"mode\":\"normal\",\"restarted\":true}"));

    static final byte[] DRAINING = of("server.state", ascii("{\"mode\":\"draining\"}"));

    private Events() {}

    /** An event without an id. */
    static byte[] of(String kind, byte[] data) {
        return join(ascii("event: " + kind + "\ndata: "), data, ascii("\n\n"));
    }

    /** A frame; the only kind with an id. */
    static byte[] snapshot(long seq, byte[] json) {
        return join(ascii("id: " + seq + "\nevent: snapshot\ndata: "), json, ascii("\n\n"));
    }

    /** That so many frames were not sent. */
    static byte[] lag(long dropped) {
        return of("lag", Json.object(json -> json.writeNumberProperty("dropped", dropped)));
    }

    /** One after the other. */
    static byte[] join(byte[]... parts) {
        return join(List.of(parts));
    }

    /** One after the other. */
    static byte[] join(List<byte[]> parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(length);
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
