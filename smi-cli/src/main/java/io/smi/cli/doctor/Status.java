package io.smi.cli.doctor;

import java.util.Locale;

/** How a check ended. */
public enum Status {
    PASS,
    /** It works, and less is known than could be. */
    WARN,
    FAIL,
    /** This machine does not have it. */
    SKIP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
