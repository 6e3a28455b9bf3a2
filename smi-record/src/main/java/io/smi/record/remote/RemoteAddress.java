package io.smi.record.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where another machine's smi listens.
 *
 * @param base scheme, host, port and prefix, without credentials and without a slash at the end; of a Unix socket
 *     {@code http://localhost}
 * @param socket the Unix socket; null over TCP
 * @param userInfo name and password, decoded; null for none
 * @param name for messages: what the user gave, without the password
 */
record RemoteAddress(
        URI base, @Nullable Path socket, @Nullable String userInfo, String name) {
    private static final String UNIX = "unix:";
    private static final String ALLOWED =
            "; allowed are http://HOST[:PORT][/PREFIX], https://HOST[:PORT][/PREFIX] and unix:PATH";
    private static final int MOST_PORT = 65_535;

    /**
     * Reads what the user gave.
     *
     * @throws IllegalArgumentException with a message for the user, when nothing can listen there
     */
    static RemoteAddress parse(String from) {
        return from.regionMatches(true, 0, UNIX, 0, UNIX.length()) ? unix(from) : tcp(from);
    }

    private static RemoteAddress unix(String from) {
        String path = from.substring(UNIX.length());
        if (path.startsWith("//") && !path.startsWith("///")) {
            throw refused(from, "a Unix socket has no host");
        }
        String file = path.startsWith("///") ? path.substring(2) : path;
        if (file.isEmpty()) {
            throw refused(from, "there is no path");
        }
        try {
            return new RemoteAddress(URI.create("http://localhost"), Path.of(file), null, UNIX + file);
        } catch (InvalidPathException e) {
            throw refused(from, "this is no path");
        }
    }

    private static RemoteAddress tcp(String from) {
        URI uri = uri(from);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getScheme() == null || !from.regionMatches(scheme.length(), "://", 0, 3)) {
            throw refused(from, "this is no URL");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(from, "the scheme '" + scheme + "' is not known");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(from, "no ? and # may follow the path");
        }
        if (uri.getHost() == null) {
            throw refused(from, uri.getRawAuthority() == null ? "there is no host" : "the host is none");
        }
        if (uri.getPort() > MOST_PORT || uri.getPort() == 0) {
            throw refused(from, "ports go from 1 to " + MOST_PORT);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        URI base = URI.create(scheme + "://" + uri.getHost() + port + withoutSlash(uri.getRawPath()));
        return new RemoteAddress(base, null, uri.getUserInfo(), base.toString());
    }

    private static URI uri(String from) {
        try {
            return new URI(from);
        } catch (URISyntaxException e) {
            throw refused(from, from.endsWith("://") ? "there is no host" : "this is no URL");
        }
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static IllegalArgumentException refused(String from, String reason) {
        return new IllegalArgumentException("--from: '" + masked(from) + "': " + reason + ALLOWED);
    }

    /** Without the password, for messages end up in logs. */
    private static String masked(String from) {
        int authority = from.indexOf("://") + 3;
        int at = from.lastIndexOf('@');
        int colon = authority < 3 ? -1 : from.indexOf(':', authority);
        return colon < 0 || colon > at ? from : from.substring(0, colon + 1) + "***" + from.substring(at);
    }

    boolean isTls() {
        return base.getScheme().equals("https");
    }
}
