package io.smi.core.gpu;

import io.smi.schema.DeviceType;
import org.jspecify.annotations.Nullable;

/**
 * Who makes accelerators, by PCI vendor id. Whatever else shows a display is a server's management controller or a
 * virtual screen; whatever else calls itself a processing accelerator is an FPGA or a network card.
 *
 * @param processing what this vendor's processing accelerators are
 */
record PciVendor(String name, DeviceType processing) {

    /** Null for all others. */
    static @Nullable PciVendor of(String id) {
        return switch (id) {
            case "0x10de" -> new PciVendor("NVIDIA", DeviceType.GPU);
            case "0x1002" -> new PciVendor("AMD", DeviceType.GPU); // Instinct MI300 has no display class
            case "0x1022" -> new PciVendor("AMD", DeviceType.NPU);
            case "0x8086" -> new PciVendor("Intel", DeviceType.NPU);
            case "0x1da3" -> new PciVendor("Habana", DeviceType.NPU);
            case "0x1e52" -> new PciVendor("Tenstorrent", DeviceType.NPU);
            case "0x1eff" -> new PciVendor("Rebellions", DeviceType.NPU);
            case "0x1ed2" -> new PciVendor("FuriosaAI", DeviceType.NPU);
            case "0x17cb" -> new PciVendor("Qualcomm", DeviceType.NPU);
            case "0x1d95" -> new PciVendor("Graphcore", DeviceType.NPU);
            case "0x1ae0" -> new PciVendor("Google", DeviceType.TPU);
            default -> null;
        };
    }
}
