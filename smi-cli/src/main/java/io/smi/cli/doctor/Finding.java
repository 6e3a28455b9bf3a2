package io.smi.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param fix what would help; null when there is nothing to do
 */
public record Finding(
        Status status, String message, @Nullable String fix) {
    static Finding pass(String message) {
        return new Finding(Status.PASS, message, null);
    }

    static Finding skip(String message) {
        return new Finding(Status.SKIP, message, null);
    }

    static Finding warn(String message, @Nullable String fix) {
        return new Finding(Status.WARN, message, fix);
    }

    static Finding fail(String message, @Nullable String fix) {
        return new Finding(Status.FAIL, message, fix);
    }
}
