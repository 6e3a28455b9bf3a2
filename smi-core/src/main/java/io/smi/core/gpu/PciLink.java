package io.smi.core.gpu;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.schema.Pcie;
import io.smi.schema.PcieBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The PCI Express link of a device. All of it is read from the device's registers: only while it is awake. */
final class PciLink implements Closeable {
    private static final int MOST_LANES = 32;

    private final KernelFiles sys;
    private final String path;
    private final KernelFile speed;
    private final KernelFile width;
    private @Nullable Limits limits;

    /** What device and slot can do at most. */
    private record Limits(
            @Nullable Integer generation, @Nullable Integer width, Problems told) {}

    private PciLink(KernelFiles sys, String path) {
        this.sys = sys;
        this.path = path;
        this.speed = sys.file(path + "/current_link_speed");
        this.width = sys.file(path + "/current_link_width");
    }

    /** Of the device in this folder; null when it is none of PCI Express. */
    static @Nullable PciLink of(KernelFiles sys, String path) {
        return sys.exists(path + "/current_link_speed") ? new PciLink(sys, path) : null;
    }

    /**
     * Of a card of Intel, which has a switch of its own. The GPU behind it has a link without meaning, 2.5 GT/s and one lane,
     * whatever the card has: that of the switch's port upwards, two above the GPU. One of a processor has no such ports.
     */
    static @Nullable PciLink ofIntel(KernelFiles sys, String path) {
        String port = path + "/../..";
        return of(sys, isPort(sys.linkName(port)) ? port : path);
    }

    Pcie read(Problems problems) {
        Limits most = limits;
        if (most == null) {
            most = limits();
            limits = most;
        }
        problems.addAll(most.told());
        return PcieBuilder.builder()
                .generation(generation(speed, problems))
                .width(lanes(KernelFiles.number(width, problems)))
                .generationMax(most.generation())
                .widthMax(most.width())
                .build();
    }

    /** The port that the device hangs on is the folder above the one that its link leads to. */
    private Limits limits() {
        Problems told = new Problems();
        String port = path + "/..";
        Integer generation = generation(path, told);
        Integer lanes = lanes(path, told);
        return isPort(sys.linkName(port))
                ? new Limits(least(generation, generation(port, told)), least(lanes, lanes(port, told)), told)
                : new Limits(generation, lanes, told);
    }

    /** Such as {@code 0000:40:01.1}; the root of the bus, {@code pci0000:40}, is none. */
    private static boolean isPort(@Nullable String above) {
        return above != null && above.indexOf(':') >= 0 && !above.startsWith("pci");
    }

    private @Nullable Integer generation(String device, Problems problems) {
        try (KernelFile file = sys.file(device + "/max_link_speed")) {
            return generation(file, problems);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable Integer lanes(String device, Problems problems) {
        return lanes(sys.number(device + "/max_link_width", problems));
    }

    private static @Nullable Integer least(@Nullable Integer one, @Nullable Integer other) {
        return one == null || other == null ? null : Integer.valueOf(Math.min(one, other));
    }

    private static @Nullable Integer generation(KernelFile file, Problems problems) {
        Cursor text = KernelFiles.attribute(file, problems);
        try {
            return text == null || text.atEnd() ? null : generation(text);
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** From {@code 16.0 GT/s PCIe}, on older kernels {@code 16 GT/s}. */
    static @Nullable Integer generation(Cursor speed) throws KernelFormatException {
        if (speed.accept("Unknown")) {
            return null;
        }
        double transfers = speed.decimal();
        if (!speed.accept(" GT/s")) {
            throw speed.expected("GT/s");
        }
        return switch ((int) (10 * transfers)) {
            case 25 -> 1;
            case 50 -> 2;
            case 80 -> 3;
            case 160 -> 4;
            case 320 -> 5;
            case 640 -> 6;
            case 1280 -> 7;
            default -> throw speed.expected("a known speed");
        };
    }

    /** A link that is down has 0 or 63. */
    private static @Nullable Integer lanes(@Nullable Long width) {
        return width == null || width <= 0 || width > MOST_LANES ? null : Integer.valueOf(width.intValue());
    }

    @Override
    public void close() throws IOException {
        speed.close();
        width.close();
    }
}
