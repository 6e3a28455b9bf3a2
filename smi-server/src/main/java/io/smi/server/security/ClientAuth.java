package io.smi.server.security;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a client's certificate; the names are those of Go. */
enum ClientAuth {
    NONE("NoClientCert", false, false, false),
    REQUEST("RequestClientCert", true, false, false),
    REQUIRE_ANY("RequireAnyClientCert", true, true, false),
    VERIFY_IF_GIVEN("VerifyClientCertIfGiven", true, false, true),
    REQUIRE_AND_VERIFY("RequireAndVerifyClientCert", true, true, true);

    private final String label;
    /** Whether it is asked for, must come, and must be signed by the CA. */
    private final boolean asked;

    private final boolean required;
    private final boolean verified;

    ClientAuth(String label, boolean asked, boolean required, boolean verified) {
        this.label = label;
        this.asked = asked;
        this.required = required;
        this.verified = verified;
    }

    /** By Go's name; null when there is none such. RequireClientCert is an old name that the format still knows. */
    static @Nullable ClientAuth of(String label) {
        String current = label.equals("RequireClientCert") ? REQUIRE_ANY.label : label;
        return Arrays.stream(values())
                .filter(value -> value.label.equals(current))
                .findFirst()
                .orElse(null);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(value -> value.label).toList();
    }

    boolean asked() {
        return asked;
    }

    boolean required() {
        return required;
    }

    boolean verified() {
        return verified;
    }
}
