package io.smi.server.http;

import io.smi.schema.Section;
import io.undertow.util.StatusCodes;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of one request. Whatever is not understood is refused: a mistake must not look like an answer. */
public final class Query {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final int LONGEST_NUMBER = 20;

    private final Map<String, List<String>> parameters = new TreeMap<>();

    private Query() {}

    /**
     * Reads a query string.
     *
     * @param raw as it came, without the question mark
     * @param known the parameters that the route takes
     * @throws ProblemException when there is another one
     */
    public static Query parse(String raw, Set<String> known) throws ProblemException {
        Query query = new Query();
        if (raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                query.add(pair, known);
            }
        }
        return query;
    }

    private void add(String pair, Set<String> known) throws ProblemException {
        int equals = pair.indexOf('=');
        String rawName = equals < 0 ? pair : pair.substring(0, equals);
        String name = decode(rawName, rawName);
        if (!known.contains(name)) {
            String list = known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
            throw refused(name, "unknown parameter '" + name + "', known here: " + list);
        }
        String value = decode(name, equals < 0 ? "" : pair.substring(equals + 1));
        parameters.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }

    private static String decode(String name, String text) throws ProblemException {
        try {
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw refused(name, "'" + text + "' is not percent-encoded UTF-8");
        }
    }

    /** All values of a parameter that may be repeated, in their order. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** The value of a parameter; null when it is not given. */
    public @Nullable String get(String name) throws ProblemException {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw refused(name, name + " is given " + values.size() + " times, allowed is once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** {@code include}: the sections that are asked for. */
    public Set<Section> include(Set<Section> otherwise) throws ProblemException {
        String list = get("include");
        if (list == null) {
            return otherwise;
        }
        try {
            return Section.parse(list);
        } catch (IllegalArgumentException e) {
            throw refused("include", "include: " + e.getMessage());
        }
    }

    /** A parameter that is 1 or 0. */
    public boolean flag(String name) throws ProblemException {
        String value = get(name);
        if (value == null || value.equals("0")) {
            return false;
        }
        if (value.equals("1")) {
            return true;
        }
        throw refused(name, name + ": '" + value + "' is not 1 or 0");
    }

    /** A parameter in decimal seconds; null when it is not given. */
    public @Nullable Duration seconds(String name, Duration least, Duration most) throws ProblemException {
        String value = get(name);
        if (value == null) {
            return null;
        }
        Duration duration = value.length() > LONGEST_NUMBER || !isDecimal(value)
                ? null
                : Duration.ofNanos(new BigDecimal(value)
                        .multiply(NANOS)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValue());
        if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw refused(
                    name,
                    name + ": '" + value + "' is not a number of seconds from " + plain(least) + " to " + plain(most));
        }
        return duration;
    }

    private static boolean isDecimal(String text) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            points += c == '.' ? 1 : 0;
        }
        return digits > 0 && points <= 1 && digits + points == text.length();
    }

    private static String plain(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** The answer to a value that is not allowed. */
    public static ProblemException refused(String parameter, String detail) {
        return new Problem(StatusCodes.BAD_REQUEST, detail, parameter).exception();
    }
}
