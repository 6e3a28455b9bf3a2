package io.smi.core.nvidia;

import org.jspecify.annotations.Nullable;

/**
 * A GPU that NVML was told to attach, for as long as the session stays open.
 *
 * @param address its PCI address as the kernel writes it; null when only the driver knows that GPU
 * @param name what messages call it: the address, else its index
 * @param handle NVML's handle; null when the driver found it lost
 * @param sleepsWhenUnused whether the kernel puts it to sleep once nobody uses it
 */
record Attached(
        @Nullable String address, String name, @Nullable Long handle, boolean sleepsWhenUnused) {}
