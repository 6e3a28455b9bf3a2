package io.smi.core.network;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /sys/class/net}: what each interface is, by its name. */
public final class InterfaceReader implements Reader<Map<String, Interface>> {
    private final Devices<InterfaceFiles> interfaces;

    /** Reads the interfaces of this sysfs. */
    public InterfaceReader(Roots roots) {
        this.interfaces = new Devices<>(
                roots.sys(), "class/net", (path, name, problems) -> InterfaceFiles.open(roots.sys(), path, name));
    }

    @Override
    public @Nullable Map<String, Interface> read(Problems problems) throws IOException {
        Map<String, Interface> read = new LinkedHashMap<>();
        for (InterfaceFiles one : interfaces.list(problems)) {
            read.put(one.name(), one.read(problems));
        }
        return read.isEmpty() ? null : read;
    }
}
