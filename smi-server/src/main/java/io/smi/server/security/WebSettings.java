package io.smi.server.security;

import io.undertow.util.HttpString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a web configuration file says at one moment.
 *
 * @param tls null for plain HTTP
 * @param headers for every response
 * @param users bcrypt hashes by user name, in the file's order
 * @param rate null without a limit
 */
record WebSettings(
        @Nullable Tls tls, Map<HttpString, String> headers, Map<String, String> users, RateLimit.@Nullable Rate rate) {

    static final WebSettings NONE = new WebSettings(null, Map.of(), Map.of(), null);

    WebSettings {
        headers = Map.copyOf(headers);
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }

    /** Whether nobody comes in without a certificate that was verified. */
    boolean verifiesClients() {
        return tls != null && tls.verifiesClients();
    }
}
