package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** NVIDIA's GPUs on the PCI bus. */
final class Bus {
    /** A server has hundreds of devices on its bus, and seldom another one. */
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    private final Devices<PciFunction> functions;
    private final boolean own;

    Bus(Roots roots) {
        this.functions = new Devices<>(
                roots.sys(),
                "bus/pci/devices",
                (path, name, problems) -> PciFunction.open(roots.sys(), path, name, problems),
                LIST_EVERY);
        this.own = roots.sys().path("").equals("/sys");
    }

    List<PciFunction> functions(Problems problems) throws IOException {
        return functions.list(problems);
    }

    /**
     * Whether this bus is all there is to go by: it is another machine's, whose GPUs are not those that the library of
     * this one knows. On a machine's own, a GPU need not be on the bus: under WSL, or in a container that hides it.
     */
    boolean decides() {
        return !own;
    }
}
