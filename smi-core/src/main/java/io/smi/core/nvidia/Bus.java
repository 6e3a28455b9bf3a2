package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** NVIDIA's GPUs on the PCI bus. */
final class Bus {
    /** A server has hundreds of devices on its bus, and seldom another one. */
    private static final Duration LIST_EVERY = Duration.ofSeconds(5);

    /** The driver of a Jetson's own GPU, which {@link io.smi.core.tegra.TegraReader} knows better than NVML. */
    private static final String NVGPU = "module/nvgpu";

    private final KernelFiles sys;
    private final Devices<PciFunction> functions;
    private final boolean own;

    Bus(Roots roots) {
        this(roots, roots.sys().path("").equals("/sys"));
    }

    /**
     * The bus of this sysfs.
     *
     * @param own whether that is this machine's own
     */
    Bus(Roots roots, boolean own) {
        this.sys = roots.sys();
        this.functions = new Devices<>(
                sys,
                "bus/pci/devices",
                (path, name, problems) -> PciFunction.open(sys, path, name, problems),
                LIST_EVERY);
        this.own = own;
    }

    List<PciFunction> functions(Problems problems) throws IOException {
        return functions.list(problems);
    }

    /**
     * Whether the driver may know GPUs that are not on this bus, and are worth to ask it for: under WSL, or in a container that
     * hides it. Another machine's bus has all that counts.
     */
    boolean mayHideSome() {
        return own && !sys.exists(NVGPU);
    }
}
