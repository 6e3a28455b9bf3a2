package io.smi.record.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP/1.1 response (RFC 9112).
 *
 * @param headers the first value of each, by name in lower case
 */
record HttpHead(int status, Map<String, String> headers) {
    private static final int MOST_BYTES = 64 << 10;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /** Reads the head, and those of provisional responses (1xx) before it. */
    static HttpHead read(InputStream in) throws IOException {
        HttpLines lines = new HttpLines(in, MOST_BYTES);
        HttpHead head = one(lines);
        while (head.status < 200) {
            head = one(lines);
        }
        return head;
    }

    private static HttpHead one(HttpLines lines) throws IOException {
        int status = status(lines.next());
        Map<String, String> headers = new HashMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("answers with no HTTP: '" + Text.clean(line) + "' is no header");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.putIfAbsent(name, line.substring(colon + 1).strip());
        }
        return new HttpHead(status, headers);
    }

    private static int status(String line) throws IOException {
        if (line.startsWith("HTTP/1.") && line.length() >= STATUS_AT + 3 && line.charAt(STATUS_AT - 1) == ' ') {
            int status = number(line.substring(STATUS_AT, STATUS_AT + 3), 10);
            if (status >= 100) {
                return status;
            }
        }
        throw new IOException("answers with no HTTP: '" + Text.clean(line) + "'");
    }

    /** The answer of which this is the head, and whose body follows. */
    Answer answer(InputStream in) throws IOException {
        return new Answer(status, headers, body(in));
    }

    private InputStream body(InputStream in) throws IOException {
        String coding = headers.getOrDefault("transfer-encoding", "identity");
        if (coding.equalsIgnoreCase("chunked")) {
            return HttpBody.chunked(in);
        }
        if (!coding.equalsIgnoreCase("identity")) {
            throw new IOException("answers in the coding '" + Text.clean(coding) + "', which nobody asked for");
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in;
        }
        int bytes = number(length, 10);
        if (bytes < 0) {
            throw new IOException("answers with a length that is none");
        }
        return HttpBody.ofLength(in, bytes);
    }

    /** A number that is at least 0, as nothing but digits; -1 for anything else, and for what is larger than an int. */
    static int number(String digits, int radix) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            number = number * radix + digit;
            if (digit < 0 || number > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return digits.isEmpty() ? -1 : (int) number;
    }
}
