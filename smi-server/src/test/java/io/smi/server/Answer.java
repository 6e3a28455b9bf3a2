package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole response. */
public final class Answer {
    private static final JsonMapper JSON = new JsonMapper();

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The answer to a request on a connection of its own, which the server closes. */
    public static Answer to(SocketAddress address, String method, String target, String... headers) throws IOException {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return raw(
                address,
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + "\r\n");
    }

    /** What comes back for these bytes until the server closes: one response, and nothing behind it. */
    public static Answer raw(SocketAddress address, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            send(channel, request);
            return of(rest(channel), request.startsWith("HEAD "));
        }
    }

    /** The statuses of what comes back for these requests on one connection, which has HEAD in every second place. */
    public static List<Integer> statuses(SocketAddress address, String requests) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            send(channel, requests + "GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String text = new String(rest(channel), StandardCharsets.ISO_8859_1);
            List<Integer> statuses = new ArrayList<>();
            int start = 0;
            while (start < text.length()) {
                int end = text.indexOf("\r\n\r\n", start);
                Answer answer = head(text.substring(start, end), new byte[0]);
                boolean hasBody = statuses.size() % 2 == 0;
                String length = answer.headers.getOrDefault("content-length", "0");
                start = end + 4 + (hasBody ? Integer.parseInt(length) : 0);
                statuses.add(answer.status);
            }
            return statuses.subList(0, statuses.size() - 1);
        }
    }

    static void send(SocketChannel channel, String request) throws IOException {
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static byte[] rest(SocketChannel channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        while (channel.read(buffer.clear()) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
        }
        return bytes.toByteArray();
    }

    private static Answer of(byte[] bytes, boolean head) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        assertThat(end).as("the end of the headers in: " + text).isPositive();
        Answer answer = head(text.substring(0, end), Arrays.copyOfRange(bytes, end + 4, bytes.length));
        String length = answer.headers.get("content-length");
        if (head) {
            assertThat(answer.body).isEmpty();
        } else if (length != null) {
            assertThat(answer.body).hasSize(Integer.parseInt(length));
        } else {
            assertThat(answer.body).isEmpty();
        }
        return answer;
    }

    /** A response whose head, without the empty line, is this. */
    static Answer head(String head, byte[] body) {
        String[] lines = head.split("\r\n", -1);
        assertThat(lines[0]).matches("HTTP/1\\.[01] [1-5][0-9]{2} .*");
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
            }
        }
        return new Answer(Integer.parseInt(lines[0].substring(9, 12)), headers, body);
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** By name in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The bytes behind the head. */
    public byte[] body() {
        return body;
    }

    /** A header; null when there is none. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** This answer, which must be a problem of this status, its type and title right. */
    public Answer problem(int expected) {
        assertThat(status).as(text()).isEqualTo(expected);
        assertThat(headers).containsEntry("content-type", "application/problem+json");
        JsonNode json = json();
        assertThat(json.get("type").stringValue()).isEqualTo("about:blank");
        assertThat(json.get("status").intValue()).isEqualTo(expected);
        assertThat(json.get("title").stringValue()).isNotBlank();
        assertThat(json.get("detail").stringValue()).isNotBlank();
        return this;
    }
}
