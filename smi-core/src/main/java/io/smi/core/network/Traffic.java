package io.smi.core.network;

/**
 * What went through an interface since it was made.
 *
 * @param rxDropped with those that the hardware had no room for
 */
public record Traffic(long rxBytes, long rxErrors, long rxDropped, long txBytes, long txErrors, long txDropped) {}
