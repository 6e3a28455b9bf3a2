package io.smi.core.nvidia;

import io.smi.core.kernel.Roots;
import java.io.File;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The readers of NVIDIA's GPUs, which share one session with the driver's library. */
public final class Nvidia {
    private final NvidiaReader gpus;
    private final NvidiaProcessReader processes;

    /**
     * Readers of this machine.
     *
     * @param libraryPath {@code LD_LIBRARY_PATH}; null when it is not set
     * @param live whether they are asked again and again: then GPUs that do nothing are let go of, so that they can
     *     sleep, and error events are counted
     */
    public Nvidia(Roots roots, @Nullable String libraryPath, boolean live) {
        this(
                roots,
                new Bus(roots),
                new SystemLoader(new LibraryFinder(roots.root(), libraryPath)),
                live,
                System::nanoTime);
    }

    Nvidia(Roots roots, Bus bus, NvmlSession.Loader loader, boolean live, LongSupplier nanoTime) {
        NvmlSession session = new NvmlSession(loader, bus, live, nanoTime);
        this.gpus = new NvidiaReader(session, nanoTime);
        this.processes = new NvidiaProcessReader(session, roots.proc());
    }

    /** The driver's library, which is not loaded for this; null when there is none. */
    public static @Nullable File library(Roots roots, @Nullable String libraryPath) {
        return new LibraryFinder(roots.root(), libraryPath).find();
    }

    /** Reads the GPUs. */
    public NvidiaReader gpus() {
        return gpus;
    }

    /** Reads which processes use them. */
    public NvidiaProcessReader processes() {
        return processes;
    }
}
