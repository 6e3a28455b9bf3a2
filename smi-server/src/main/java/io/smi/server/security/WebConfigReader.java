package io.smi.server.security;

import io.undertow.util.HttpString;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one web configuration file, once. */
final class WebConfigReader {
    /** The headers that may be set, and the values of those that know only some. */
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Security-Policy", List.of(),
            "Strict-Transport-Security", List.of(),
            "X-Content-Type-Options", List.of("nosniff"),
            "X-Frame-Options", List.of("deny", "sameorigin"),
            "X-XSS-Protection", List.of());

    /** Costs from 4 to 31, as bcrypt knows them. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./0-9A-Za-z]{53}");

    private final Path file;
    private final WatchedFiles files;

    WebConfigReader(Path file, WatchedFiles files) {
        this.file = file;
        this.files = files;
    }

    WebSettings read() throws WebConfigException {
        YamlMap config = YamlMap.parse(file.toString(), files.text(file));
        config.allowOnly(List.of("tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"));
        YamlMap http = config.map("http_server_config");
        http.allowOnly(List.of("http2", "headers"));
        http.flag("http2", true);
        return new WebSettings(
                tls(config.map("tls_server_config")),
                headers(http.map("headers")),
                users(config.map("basic_auth_users")),
                rate(config.map("rate_limit")));
    }

    private @Nullable Tls tls(YamlMap section) throws WebConfigException {
        return section.isEmpty() ? null : new TlsReader(section, file, files).read();
    }

    private static Map<HttpString, String> headers(YamlMap section) throws WebConfigException {
        section.allowOnly(HEADERS.keySet());
        Map<HttpString, String> headers = new TreeMap<>();
        for (Map.Entry<String, String> header : section.texts().entrySet()) {
            String name = header.getKey();
            String value = header.getValue();
            List<String> allowed = HEADERS.getOrDefault(name, List.of());
            if (!allowed.isEmpty() && !allowed.contains(value)) {
                throw section.wrong(name, "must be " + String.join(" or ", allowed));
            }
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw section.wrong(name, "must be one line");
            }
            if (!value.isEmpty()) {
                headers.put(new HttpString(name), value);
            }
        }
        return headers;
    }

    private static Map<String, String> users(YamlMap section) throws WebConfigException {
        Map<String, String> users = new LinkedHashMap<>();
        for (Map.Entry<String, String> user : section.texts().entrySet()) {
            String name = user.getKey();
            if (name.isEmpty() || name.indexOf(':') >= 0) {
                throw section.wrong(name, "is no user name: it must not be empty or hold a colon");
            }
            if (!BCRYPT.matcher(user.getValue()).matches()) {
                throw section.wrong(name, "is no bcrypt hash; make one with: htpasswd -nBC 10 " + name);
            }
            users.put(name, user.getValue());
        }
        return users;
    }

    private static RateLimit.@Nullable Rate rate(YamlMap section) throws WebConfigException {
        section.allowOnly(List.of("interval", "burst"));
        String interval = section.text("interval");
        String burst = section.text("burst");
        long nanos;
        try {
            nanos = interval == null ? 0 : GoDuration.nanos(interval);
        } catch (IllegalArgumentException e) {
            throw section.wrong("interval", "must be a duration such as 100ms, 1s or 1m30s");
        }
        if (nanos == 0) {
            return null;
        }
        try {
            return new RateLimit.Rate(nanos, burst == null ? 0 : Integer.parseInt(burst));
        } catch (IllegalArgumentException e) {
            throw section.wrong("burst", "must be a number of 1 or more, and times interval less than a century");
        }
    }
}
