package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import org.jspecify.annotations.Nullable;

/**
 * What a GPU of AMD is known by: {@code unique_id}, 16 hexadecimal digits, which Vega and later have. The driver answers it
 * from what it remembers, of a card that sleeps as well, and wakes none ({@code amdgpu_get_unique_id}).
 */
public final class UniqueId {
    private static final int DIGITS = 16;
    private static final String NONE = "0".repeat(DIGITS);

    private UniqueId() {}

    /** Of the device in this folder; null when it has none, or is not driven by amdgpu. */
    public static @Nullable String of(KernelFiles sys, String device, Problems problems) {
        String id = sys.text(device + "/unique_id", problems);
        return id == null || !isHex(id) || id.equals(NONE) ? null : id;
    }

    private static boolean isHex(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (Character.digit(id.charAt(i), 16) < 0) {
                return false;
            }
        }
        return id.length() == DIGITS;
    }
}
