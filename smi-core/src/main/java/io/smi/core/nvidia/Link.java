package io.smi.core.nvidia;

import io.smi.core.nvidia.NvmlLayout.PciInfo;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is at the other end of an NVLink.
 *
 * @param type {@code gpu}, {@code cpu} or {@code switch}; null when the driver does not know
 * @param address its PCI address; null when it has none that this machine can see
 */
record Link(@Nullable String type, @Nullable String address) {
    private static final String NOWHERE = "ffff";

    static Link read(Query query, long handle, int link) {
        Integer type = query.number("links.remote_type", "nvmlDeviceGetNvLinkRemoteDeviceType", handle, link);
        ByteBuffer pci = query.scratch().struct(0);
        String address = null;
        if (query.succeeds("links.remote_pci_bus_id", "nvmlDeviceGetNvLinkRemotePciInfo_v2", handle, link, pci)) {
            address = address(pci);
        }
        return new Link(type == null ? null : word(type), address);
    }

    /** Null for a switch that the driver has no address of. */
    static @Nullable String address(ByteBuffer pci) {
        String address = PciAddress.normalize(Scratch.string(pci, PciInfo.BUS_ID, PciInfo.BUS_ID_SIZE));
        return address == null || address.startsWith(NOWHERE) ? null : address;
    }

    private static @Nullable String word(int type) {
        return switch (type) {
            case 0 -> "gpu";
            case 1 -> "cpu"; // the NVLink unit of a POWER processor
            case 2 -> "switch";
            default -> null;
        };
    }
}
