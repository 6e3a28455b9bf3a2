package io.smi.core.rebellions;

import io.smi.core.command.Command;
import io.smi.core.gpu.CommandReader;
import io.smi.core.gpu.DeviceNode;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rebellions' NPUs, by {@code rbln-smi} or its predecessor {@code rbln-stat}: run only where there is a {@code /dev/rbln*}. */
public final class RebellionsReader extends CommandReader {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);
    private static final String NODE = "rbln";

    /**
     * Looks for devices in these roots.
     *
     * @param path {@code PATH}, on which the command is looked for; null when it is not set
     */
    public RebellionsReader(Roots roots, @Nullable String path) {
        super(
                List.of("rbln-smi", "rbln-stat"),
                path,
                List.of(new Devices<>(
                        roots.root(), "dev", (folder, name, problems) -> device(roots.sys(), name), LIST_EVERY)));
    }

    private static @Nullable DeviceNode device(KernelFiles sys, String name) {
        if (!name.startsWith(NODE) || KernelFiles.number(name, NODE.length()) < 0) {
            return null;
        }
        String address = sys.linkName("class/rebellions/" + name + "/device");
        return new DeviceNode(address == null ? name : address);
    }

    @Override
    protected Tool tool(Command command) {
        return new RblnSmi(command);
    }
}
