package io.smi.core.process;

/** How much of a process's command line is told: {@code --cmdline}. */
public enum CmdlineMode {
    /** All of it, with what looks like a secret replaced by {@code ***}. */
    REDACTED("redacted"),

    /** All of it as it is, secrets too. */
    FULL("full"),

    /** Nothing; the file is not even opened. */
    NONE("none");

    /** Every mode, as {@code --cmdline} takes them. */
    public static final String NAMES = "redacted|full|none";

    private final String label;

    CmdlineMode(String label) {
        this.label = label;
    }

    /** The mode's name in {@code --cmdline}. */
    public String label() {
        return label;
    }

    /**
     * The mode of this name.
     *
     * @throws IllegalArgumentException with a message for the user, when there is none
     */
    public static CmdlineMode parse(String name) {
        for (CmdlineMode mode : values()) {
            if (mode.label.equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown command line mode '" + name + "', known are " + NAMES);
    }
}
