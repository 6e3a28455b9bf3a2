package io.smi.core.habana;

import io.smi.core.command.Command;
import io.smi.core.gpu.CommandReader;
import io.smi.core.gpu.DeviceNode;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Intel Gaudi, by {@code hl-smi}: run only where habanalabs has made a device node, {@code /dev/accel/accel*} or, before
 * Linux 6.5, {@code /dev/hl*}.
 */
public final class HabanaReader extends CommandReader {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    /**
     * Looks for devices in these roots.
     *
     * @param path {@code PATH}, on which the command is looked for; null when it is not set
     */
    public HabanaReader(Roots roots, @Nullable String path) {
        super(
                List.of("hl-smi"),
                path,
                List.of(devices(roots, "class/accel", "dev/accel/"), devices(roots, "class/habanalabs", "dev/")));
    }

    private static Devices<DeviceNode> devices(Roots roots, String folder, String nodes) {
        return new Devices<>(
                roots.sys(), folder, (path, name, problems) -> device(roots, path, nodes + name), LIST_EVERY);
    }

    /** Intel's own NPU and others are accel devices too. The old class has a control device beside each card. */
    private static @Nullable DeviceNode device(Roots roots, String folder, String node) {
        KernelFiles sys = roots.sys();
        boolean gaudi = "habanalabs".equals(sys.linkName(folder + "/device/driver"));
        String address = gaudi && roots.root().exists(node) ? sys.linkName(folder + "/device") : null;
        return address == null ? null : new DeviceNode(address);
    }

    @Override
    protected Tool tool(Command command) {
        return new HlSmi(command);
    }
}
