package io.smi.schema;

/** Why a reader gave less than it was asked for. */
public enum ErrorKind implements Label {
    /** Missed this frame's deadline. */
    TIMEOUT("timeout"),
    /** An earlier call still hangs, so it was not asked again. */
    STALE("stale"),
    /** Lacks a permission; not counted by {@code --strict}. */
    DENIED("denied"),
    /** Anything else. */
    FAILED("failed");

    private final String label;

    ErrorKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
