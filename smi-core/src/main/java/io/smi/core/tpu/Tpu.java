package io.smi.core.tpu;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** One chip. Neither kernel nor driver has its name: the ids are those of Google's {@code tpu-info}. */
record Tpu(Gpu row) implements Closeable {
    private static final String GOOGLE = "0x1ae0";

    /** The chip in this folder; null when the device there is something else, as Google's network card is. */
    static @Nullable Tpu open(KernelFiles sys, String path, String address, Problems problems) {
        if (!GOOGLE.equals(sys.text(path + "/vendor", problems))) {
            return null;
        }
        String device = sys.text(path + "/device", problems);
        String name = device == null ? null : name(device, sys.text(path + "/subsystem_device", problems));
        return name == null
                ? null
                : new Tpu(GpuBuilder.builder()
                        .name(name)
                        .vendor("Google")
                        .deviceType(DeviceType.TPU)
                        .pciBusId(address)
                        .build());
    }

    private static @Nullable String name(String device, @Nullable String subsystem) {
        return switch (device) {
            case "0x0027" -> "0x004e".equals(subsystem) ? "TPU v2" : "0x004f".equals(subsystem) ? "TPU v3" : null;
            case "0x005e" -> "TPU v4";
            case "0x0062" -> "TPU v5p";
            case "0x0063" -> "TPU v5e";
            case "0x006f" -> "TPU v6e";
            case "0x0076" -> "TPU7x";
            default -> null;
        };
    }

    @Override
    public void close() {}
}
