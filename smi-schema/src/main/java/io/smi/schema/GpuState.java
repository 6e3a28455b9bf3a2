package io.smi.schema;

/** How an accelerator is doing. */
public enum GpuState implements Label {
    /** Works. */
    OK("ok"),
    /** Powered down by the kernel's runtime power management; it was not woken to be read. */
    ASLEEP("asleep"),
    /** Works, but the driver asks for attention (row remapping failed, reset needed ...). */
    DEGRADED("degraded"),
    /** Fell off the bus; nothing else can be read. */
    LOST("lost");

    private final String label;

    GpuState(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
