package io.smi.core.gpu;

import org.jspecify.annotations.Nullable;

/** What a PCI device is: its file {@code class} in sysfs. */
public final class PciClass {
    private PciClass() {}

    /** VGA, 3D and other display controllers. */
    public static boolean isDisplay(@Nullable String kind) {
        return kind != null && (kind.startsWith("0x0300") || kind.startsWith("0x0302") || kind.startsWith("0x0380"));
    }

    static boolean isProcessing(@Nullable String kind) {
        return kind != null && kind.startsWith("0x1200");
    }
}
