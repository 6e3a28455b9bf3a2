package io.smi.schema;

/** Which of a hybrid processor's kinds of core a logical CPU runs on. */
public enum CoreType implements Label {
    /** The fast kind. */
    PERFORMANCE("performance"),
    /** The frugal kind. */
    EFFICIENCY("efficiency"),
    /** All cores of this machine are alike. */
    STANDARD("standard");

    private final String label;

    CoreType(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
