package io.smi.record.remote;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param headers the first value of each, by name in lower case
 * @param body to be closed; fails when nothing comes for too long
 */
record Answer(int status, Map<String, String> headers, InputStream body) {
    private static final String EVENTS = "text/event-stream";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int MOST_PROBLEM_BYTES = 64 << 10;
    /** Nobody means to be away for longer; a larger number is a mistake. */
    private static final Duration MOST_RETRY_AFTER = Duration.ofHours(1);

    /**
     * The body, when it is a stream of events.
     *
     * @throws RefusedException when to ask again would not help, or the server says when it would
     * @throws IOException when it is anything else; the body is closed then
     */
    InputStream events() throws IOException {
        if (status == 200 && isEvents(headers.getOrDefault("content-type", ""))) {
            return body;
        }
        try (body) {
            throw failure();
        }
    }

    private static boolean isEvents(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().equalsIgnoreCase(EVENTS);
    }

    private IOException failure() {
        if (status == 200) {
            return new IOException("answers with '" + Text.clean(headers.getOrDefault("content-type", ""))
                    + "' instead of " + EVENTS + ": this is no smi api");
        }
        String message = "answers " + status + reason();
        Duration wait = retryAfter(headers.get("retry-after"));
        if (wait != null && (status >= 500 || status == TOO_MANY_REQUESTS)) {
            return new RefusedException(message, wait);
        }
        boolean helps = status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
        return status >= 400 && !helps ? new RefusedException(message, null) : new IOException(message);
    }

    /** What the server says about it, as RFC 9457 has it. */
    private String reason() {
        if (!headers.getOrDefault("content-type", "").startsWith("application/problem+json")) {
            return "";
        }
        try {
            Map<String, String> problem = Members.of(body.readNBytes(MOST_PROBLEM_BYTES));
            String said = problem.getOrDefault("detail", problem.getOrDefault("title", ""));
            return said.isEmpty() ? "" : ": " + Text.clean(said);
        } catch (IOException e) {
            // The status is known, and says the most.
            return "";
        }
    }

    private static @Nullable Duration retryAfter(@Nullable String value) {
        if (value == null) {
            return null;
        }
        Duration wait;
        try {
            wait = value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant())
                    : Duration.ofSeconds(value.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(value));
        } catch (DateTimeParseException e) {
            return null;
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MOST_RETRY_AFTER) > 0 ? MOST_RETRY_AFTER : wait;
    }
}
