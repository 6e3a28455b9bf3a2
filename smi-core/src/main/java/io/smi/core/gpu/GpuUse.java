package io.smi.core.gpu;

import org.jspecify.annotations.Nullable;

/**
 * What one process uses of one accelerator.
 *
 * @param pid in the namespace of the procfs that is read
 * @param device the device's uuid, or its PCI address where its driver has none: what {@code gpus[]} calls it
 * @param memoryUsedBytes device memory; null when the driver does not tell
 * @param gttUsedBytes host memory that is mapped for the device, beside device memory; null when the driver does not tell
 * @param utilizationPercent share of the window in which the process kept the device busy; null when not known
 * @param kind {@code compute}, {@code graphics}, or {@code compute+graphics}; null when not known
 */
public record GpuUse(
        int pid,
        String device,
        @Nullable Long memoryUsedBytes,
        @Nullable Long gttUsedBytes,
        @Nullable Double utilizationPercent,
        @Nullable String kind) {}
