package io.smi.core.network;

import org.jspecify.annotations.Nullable;

/**
 * What a network interface is, as {@code /sys/class/net} has it.
 *
 * @param index its number, which one that comes back under the same name does not have again
 * @param state its operstate; null where the kernel does not know it, as of loopback and many tunnels
 * @param speedMbps null unless it is up and its driver knows
 * @param mac its hardware address; null when it has none, or one of zeros as loopback has
 */
public record Interface(
        @Nullable Long index,
        @Nullable String state,
        @Nullable Integer speedMbps,
        @Nullable String mac,
        @Nullable Integer mtu) {}
