package io.smi.core.habana;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.DeviceNode;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Intel Gaudi, by {@code hl-smi}: run only where habanalabs has made a device node, {@code /dev/accel/accel*} or, before
 * Linux 6.5, {@code /dev/hl*}.
 */
public final class HabanaReader implements AcceleratorReader<Accelerators> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final @Nullable String path;
    private final List<Devices<DeviceNode>> devices;
    private @Nullable HlSmi tool;

    /**
     * Looks for devices in these roots.
     *
     * @param path {@code PATH}, on which the command is looked for; null when it is not set
     */
    public HabanaReader(Roots roots, @Nullable String path) {
        this.path = path;
        this.devices = List.of(
                new Devices<>(
                        roots.sys(),
                        "class/accel",
                        (folder, name, problems) -> device(roots, folder, "dev/accel/" + name),
                        LIST_EVERY),
                new Devices<>(
                        roots.sys(),
                        "class/habanalabs",
                        (folder, name, problems) -> device(roots, folder, "dev/" + name),
                        LIST_EVERY));
    }

    /** Intel's own NPU and others are accel devices too. The old class has a control device beside each card. */
    private static @Nullable DeviceNode device(Roots roots, String folder, String node) {
        KernelFiles sys = roots.sys();
        boolean gaudi = "habanalabs".equals(sys.linkName(folder + "/device/driver"));
        String address = gaudi && roots.root().exists(node) ? sys.linkName(folder + "/device") : null;
        return address == null ? null : new DeviceNode(address);
    }

    @Override
    public @Nullable Accelerators read(Problems problems) throws IOException {
        List<Absent> absent = new ArrayList<>();
        for (Devices<DeviceNode> family : devices) {
            for (DeviceNode device : family.list(problems)) {
                absent.add(new Absent(device.name(), null, Absent.Cause.NO_LIBRARY, "no hl-smi on PATH"));
            }
        }
        if (absent.isEmpty()) {
            return null;
        }
        HlSmi smi = tool == null ? HlSmi.find(path) : tool;
        tool = smi;
        return smi == null ? Accelerators.of(List.of(), absent) : smi.read(problems);
    }

    @Override
    public Accelerators accelerators(Accelerators now, @Nullable Span<Accelerators> span) {
        return now;
    }
}
