package io.smi.core.rebellions;

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

/** Rebellions' NPUs, by {@code rbln-stat}: run only where there is a {@code /dev/rbln*}. */
public final class RebellionsReader implements AcceleratorReader<Accelerators> {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);
    private static final String NODE = "rbln";

    private final @Nullable String path;
    private final Devices<DeviceNode> devices;
    private @Nullable RblnStat tool;

    /**
     * Looks for devices in these roots.
     *
     * @param path {@code PATH}, on which the command is looked for; null when it is not set
     */
    public RebellionsReader(Roots roots, @Nullable String path) {
        this.path = path;
        this.devices =
                new Devices<>(roots.root(), "dev", (folder, name, problems) -> device(roots.sys(), name), LIST_EVERY);
    }

    private static @Nullable DeviceNode device(KernelFiles sys, String name) {
        if (!name.startsWith(NODE) || KernelFiles.number(name, NODE.length()) < 0) {
            return null;
        }
        String address = sys.linkName("class/rebellions/" + name + "/device");
        return new DeviceNode(address == null ? name : address);
    }

    @Override
    public @Nullable Accelerators read(Problems problems) throws IOException {
        List<DeviceNode> found = devices.list(problems);
        if (found.isEmpty()) {
            return null;
        }
        RblnStat stat = tool == null ? RblnStat.find(path) : tool;
        tool = stat;
        if (stat != null) {
            return stat.read(problems);
        }
        List<Absent> absent = new ArrayList<>(found.size());
        for (DeviceNode device : found) {
            absent.add(new Absent(device.name(), null, Absent.Cause.NO_LIBRARY, "no rbln-stat on PATH"));
        }
        return Accelerators.of(List.of(), absent);
    }

    @Override
    public Accelerators accelerators(Accelerators now, @Nullable Span<Accelerators> span) {
        return now;
    }
}
