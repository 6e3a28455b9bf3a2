package io.smi.core.furiosa;

import io.smi.core.command.Command;
import io.smi.core.gpu.CommandReader;
import io.smi.core.gpu.DeviceNode;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FuriosaAI's RNGD, by {@code furiosa-smi}: run only where there is a {@code /dev/rngd}. */
public final class FuriosaReader extends CommandReader {
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);
    private static final String NODE = "npu";

    /**
     * Looks for devices in these roots.
     *
     * @param path {@code PATH}, on which the command is looked for; null when it is not set
     */
    public FuriosaReader(Roots roots, @Nullable String path) {
        super(
                List.of("furiosa-smi"),
                path,
                List.of(new Devices<>(roots.root(), "dev/rngd", (folder, name, problems) -> device(name), LIST_EVERY)));
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
    protected Tool tool(Command command) {
        return new FuriosaSmi(command);
    }
}
