package io.smi.core.gpu;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.command.Command;
import io.smi.core.kernel.Devices;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader of devices that only their vendor's command knows more of. It is looked for once there is such a device: a machine
 * without one loads nothing of what runs commands.
 */
public abstract class CommandReader implements AcceleratorReader<Accelerators> {
    private final List<String> programs;
    private final @Nullable String path;
    private final List<Devices<DeviceNode>> devices;
    private @Nullable Tool tool;

    /** What asks the command. */
    public interface Tool {
        /** What it says of all devices; null when it does not answer, which is told. */
        @Nullable
        Accelerators read(Problems problems);
    }

    /**
     * Of the devices in these folders.
     *
     * @param programs the command's names, the newest first
     * @param path {@code PATH}, on which they are looked for; null when that is not set
     */
    protected CommandReader(List<String> programs, @Nullable String path, List<Devices<DeviceNode>> devices) {
        this.programs = List.copyOf(programs);
        this.path = path;
        this.devices = List.copyOf(devices);
    }

    /** What asks this command. */
    protected abstract Tool tool(Command command);

    @Override
    public final @Nullable Accelerators read(Problems problems) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (Devices<DeviceNode> folder : devices) {
            for (DeviceNode device : folder.list(problems)) {
                names.add(device.name());
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        Tool found = tool == null ? find() : tool;
        tool = found;
        return found == null ? withoutCommand(names) : found.read(problems);
    }

    private @Nullable Tool find() {
        Command command = Command.find(programs, path);
        return command == null ? null : tool(command);
    }

    private Accelerators withoutCommand(Set<String> names) {
        String missing = "no " + String.join(" or ", programs) + " on PATH";
        List<Absent> absent = names.stream()
                .map(name -> new Absent(name, null, Absent.Cause.NO_LIBRARY, missing))
                .toList();
        return Accelerators.of(List.of(), absent);
    }

    @Override
    public final Accelerators accelerators(Accelerators now, @Nullable Span<Accelerators> span) {
        return now;
    }
}
