package io.smi.core.nvidia;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PCI addresses, which NVML writes in its own way. */
final class PciAddress {
    private PciAddress() {}

    /**
     * An address as the kernel writes it, {@code 0000:3b:00.0}, of NVML's {@code 00000000:3B:00.0}. Only a domain that
     * needs more than four digits has more (virtual machines on Azure); null when it is no address.
     */
    static @Nullable String normalize(String address) {
        int colon = address.indexOf(':');
        if (colon < 1 || address.length() - colon != ":3b:00.0".length()) {
            return null;
        }
        String domain = address.substring(0, colon);
        while (domain.length() > 4 && domain.charAt(0) == '0') {
            domain = domain.substring(1);
        }
        while (domain.length() < 4) {
            domain = "0" + domain;
        }
        return (domain + address.substring(colon)).toLowerCase(Locale.ROOT);
    }
}
