package io.smi.record.remote;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What others say, as part of a line for the user. */
final class Text {
    private static final int LONGEST = 300;

    private Text() {}

    /** On one line, of a bearable length, and without what a terminal would obey. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> clean.appendCodePoint(isPrintable(c) ? c : ' '));
        return clean.toString().strip();
    }

    /** Such as 2s, or 2.5s. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    private static boolean isPrintable(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT && c != 0x2028 && c != 0x2029;
    }

    /** Why there is no connection, or not any more. Java's HTTP client often knows only in a cause of a cause. */
    static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String known = known(cause);
            if (known != null) {
                return known;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                return clean(message);
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static @Nullable String known(Throwable cause) {
        Throwable under = cause.getCause();
        if (under instanceof UnresolvedAddressException) {
            return "this host is not known";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (cause instanceof ConnectException && under instanceof ClosedChannelException) {
            // The client tries twice, and forgets why the first attempt failed.
            return "connection refused, or no way there";
        }
        if (cause instanceof SSLException && under instanceof CertificateException) {
            return "its certificate is not trusted: " + deepest(under);
        }
        return null;
    }

    /** Those above repeat it, with the names of classes. */
    private static String deepest(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return clean(String.valueOf(deepest.getMessage()));
    }
}
