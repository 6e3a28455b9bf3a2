package io.smi.core.gpu;

import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.GpuState;
import org.jspecify.annotations.Nullable;

/** What {@code state} says of a device by its power. */
public final class PowerState {
    private PowerState() {}

    /** Null for one that is awake, of which more must be known, and where the kernel does not tell. */
    public static @Nullable GpuState of(Power power) {
        return switch (power) {
            case ASLEEP -> GpuState.ASLEEP;
            case GONE -> GpuState.LOST;
            case AWAKE, UNKNOWN -> null;
        };
    }
}
