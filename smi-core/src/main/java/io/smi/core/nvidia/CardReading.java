package io.smi.core.nvidia;

import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuState;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a GPU: all of its row but the traffic over PCI Express.
 *
 * @param txBytes bytes sent since some time; null when not counted
 * @param rxBytes bytes received
 * @param txBytesPerSecond measured by the driver; null when it was not asked to
 * @param rxBytesPerSecond measured by the driver
 */
record CardReading(
        Gpu gpu,
        @Nullable Long txBytes,
        @Nullable Long rxBytes,
        @Nullable Long txBytesPerSecond,
        @Nullable Long rxBytesPerSecond) {

    /** A GPU of which nothing but its facts is left. */
    static CardReading lost(Gpu facts) {
        return atRest(GpuBuilder.builder(facts).state(GpuState.LOST).build());
    }

    /** A GPU that is not asked. */
    static CardReading atRest(Gpu facts) {
        return new CardReading(facts, null, null, null, null);
    }
}
