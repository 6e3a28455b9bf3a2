package io.smi.core.furiosa;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FuriosaAI's RNGD, by {@code furiosa-smi}: run only where there is a {@code /dev/rngd}. */
public final class FuriosaReader implements AcceleratorReader<Accelerators> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);
    private static final String NODE = "npu";

    private final @Nullable String path;
    private final Devices<DeviceNode> devices;
    private @Nullable FuriosaSmi tool;

    /**
     * Looks for devices in these roots.
     *
     * @param path {@code PATH}, on which the command is looked for; null when it is not set
     */
    public FuriosaReader(Roots roots, @Nullable String path) {
        this.path = path;
        this.devices = new Devices<>(roots.root(), "dev/rngd", (folder, name, problems) -> device(name), LIST_EVERY);
    }

    /** A card has many: {@code npu0mgmt}, {@code npu0pe0} and others, of which a container may get some. */
    private static @Nullable DeviceNode device(String name) {
        int end = NODE.length();
        while (end < name.length() && Character.isDigit(name.charAt(end))) {
            end++;
        }
        boolean card = name.startsWith(NODE) && KernelFiles.number(name.substring(0, end), NODE.length()) >= 0;
        return card ? new DeviceNode(name.substring(0, end)) : null;
    }

    @Override
    public @Nullable Accelerators read(Problems problems) throws IOException {
        List<DeviceNode> found = devices.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        FuriosaSmi smi = tool == null ? FuriosaSmi.find(path) : tool;
        tool = smi;
        if (smi != null) {
            return smi.read(problems);
        }
        List<Absent> absent = found.stream()
                .distinct()
                .map(device -> new Absent(device.name(), null, Absent.Cause.NO_LIBRARY, "no furiosa-smi on PATH"))
                .toList();
        return Accelerators.of(List.of(), absent);
    }

    @Override
    public Accelerators accelerators(Accelerators now, @Nullable Span<Accelerators> span) {
        return now;
    }
}
