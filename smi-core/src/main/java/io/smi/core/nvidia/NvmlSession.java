package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.gpu.Absent.Cause;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.Xid;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The library in use, by all readers together: opened for the first that finds a GPU awake, closed when none is asked any
 * more. Decides which GPUs are attached, so that none is kept from its sleep or woken from it: see {@link Sleepers}.
 *
 * <p>Who lets go of the session ({@link #release}) never waits for the library: it is closed by a thread of its own.
 */
final class NvmlSession {
    private static final int NO_ATTACH = 2;

    /** The library starts a child to load a driver that is not loaded, and looking for the library takes a dozen of looks. */
    private static final long TRY_EVERY = Duration.ofSeconds(60).toNanos();

    /** Loads the library; a test gives another one. */
    interface Loader {
        /** Where the library lies; null when there is none. */
        @Nullable
        File find();

        /** Loads it from there. */
        Nvml load(File file) throws IOException;
    }

    private final Loader loader;
    private final LongSupplier nanoTime;
    private final Bus bus;
    private final Sleepers sleepers;
    private final @Nullable XidWatch xids;
    private final InstanceLoad instances = new InstanceLoad();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Object> users = ConcurrentHashMap.newKeySet();
    private final Scratch.Lazy scratch = new Scratch.Lazy();
    private final Map<String, Attached> attached = new HashMap<>();
    private @Nullable Nvml nvml;
    private @Nullable Refusal refusal;
    private boolean open;
    private int inUse;

    /**
     * A session, not yet open.
     *
     * @param live whether it stays: then idle GPUs are let go of, and error events are counted
     */
    NvmlSession(Loader loader, Bus bus, boolean live, LongSupplier nanoTime) {
        this.loader = loader;
        this.nanoTime = nanoTime;
        this.bus = bus;
        this.sleepers = new Sleepers(live, nanoTime);
        this.xids = live ? new XidWatch() : null;
    }

    /**
     * The library and the GPUs of this pass.
     *
     * @param nvml null when there is no GPU to ask, or no library to ask it by
     * @param gpus those that are awake, by PCI address, else by index
     * @param present all that are on the PCI bus, awake or not
     */
    record Pass(@Nullable Nvml nvml, List<Attached> gpus, Set<String> present) {}

    boolean isLive() {
        return xids != null;
    }

    /**
     * Begins a pass of a reader, which must {@link #end} it.
     *
     * @return null when this machine has no GPU of NVIDIA
     */
    @Nullable
    Pass begin(Object user, Told told) throws IOException {
        lock.lock();
        try {
            users.add(user);
            List<PciFunction> functions = bus.functions(told.problems());
            if (functions.isEmpty() && !bus.mayHideSome()) {
                return null;
            }
            Pass pass = pass(functions, told);
            if (functions.isEmpty() && pass.nvml() == null) {
                return null;
            }
            inUse++;
            return pass;
        } finally {
            lock.unlock();
        }
    }

    private Pass pass(List<PciFunction> functions, Told told) throws IOException {
        Set<String> present = new HashSet<>();
        for (PciFunction function : functions) {
            present.add(function.address());
        }
        List<PciFunction> awake = awake(functions, told.problems());
        if (awake.isEmpty() && !functions.isEmpty()) {
            close();
            return new Pass(null, List.of(), present);
        }
        Nvml library = open(awake, told);
        if (library == null) {
            return new Pass(null, List.of(), present);
        }
        return new Pass(library, functions.isEmpty() ? byIndex(library, told) : attach(library, awake, told), present);
    }

    /** Ends a pass that began, whatever became of it. */
    void end() {
        lock.lock();
        try {
            inUse--;
            if (isToClose()) {
                closeSoon();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a GPU was found to do nothing. */
    void idle(Attached gpu, boolean idle) {
        sleepers.used(gpu.name(), idle);
    }

    /** The error events of a GPU; null when they are not counted. */
    @Nullable
    Xid xid(Attached gpu) {
        return xids == null ? null : xids.of(gpu.name());
    }

    /** What samples of GPU instances are kept in. */
    InstanceLoad instances() {
        return instances;
    }

    /** A reader is not asked any more. */
    void release(Object user) {
        users.remove(user);
        if (users.isEmpty()) {
            closeSoon();
        }
    }

    private void closeSoon() {
        Thread.ofPlatform().daemon().name("nvml-close").start(() -> {
            lock.lock();
            try {
                if (isToClose()) {
                    close();
                }
            } finally {
                lock.unlock();
            }
        });
    }

    /** When nobody asks any more, or a GPU did nothing for long; unless a reader is in the middle of a pass. */
    private boolean isToClose() {
        return inUse == 0 && (users.isEmpty() || sleepers.isAnyToRelease());
    }

    private List<PciFunction> awake(List<PciFunction> functions, Problems problems) {
        List<PciFunction> awake = new ArrayList<>(functions.size());
        for (PciFunction function : functions) {
            boolean active = function.power(problems) == Power.AWAKE;
            if (!active) {
                attached.remove(function.address());
            }
            if (sleepers.mayAttach(function.address(), active)) {
                awake.add(function);
            }
        }
        return awake;
    }

    /** Why there is no driver to ask, and when that was found. */
    private record Refusal(String reason, long nanos) {}

    private @Nullable Nvml open(List<PciFunction> awake, Told told) throws IOException {
        String reason = open ? null : tryToOpen();
        if (reason != null) {
            for (PciFunction function : awake) {
                told.absent(function.address(), null, Cause.NO_LIBRARY, reason);
            }
        }
        return open ? nvml : null;
    }

    /** Null when it is open, else why not. */
    private @Nullable String tryToOpen() throws IOException {
        Refusal before = refusal;
        if (before != null && nanoTime.getAsLong() - before.nanos() < TRY_EVERY) {
            return before.reason();
        }
        refusal = null;
        Nvml library = nvml;
        if (library == null) {
            File file = loader.find();
            if (file == null) {
                refusal = new Refusal(LibraryFinder.NAME, nanoTime.getAsLong());
                return LibraryFinder.NAME;
            }
            library = loader.load(file);
            nvml = library;
        }
        String reason = init(library);
        open = reason == null;
        refusal = reason == null ? null : new Refusal(reason, nanoTime.getAsLong());
        return reason;
    }

    /**
     * Initializes without attaching any GPU; a driver of before 2018 attaches them all.
     *
     * @return null when that worked, else why there is nothing to ask
     * @throws IOException when there is a driver, and it does not work
     */
    private static @Nullable String init(Nvml library) throws IOException {
        String function = "nvmlInitWithFlags";
        int code = library.call(function, NO_ATTACH);
        if (code == NvmlReturn.FUNCTION_NOT_FOUND) {
            function = "nvmlInit_v2";
            code = library.call(function);
        }
        String message = function + ": " + NvmlReturn.word(code);
        return switch (code) {
            case NvmlReturn.SUCCESS -> null;
            case NvmlReturn.DRIVER_NOT_LOADED,
                    NvmlReturn.LIBRARY_NOT_FOUND,
                    NvmlReturn.GPU_NOT_FOUND,
                    NvmlReturn.FUNCTION_NOT_FOUND -> message;
            case NvmlReturn.NO_PERMISSION -> throw new AccessDeniedException(message);
            default -> throw new IOException(message);
        };
    }

    private List<Attached> attach(Nvml library, List<PciFunction> awake, Told told) {
        List<Attached> gpus = new ArrayList<>(awake.size());
        for (PciFunction function : awake) {
            String address = function.address();
            Attached gpu = attached.get(address);
            if (gpu == null) {
                gpu = attach(library, function, told);
            }
            if (gpu != null) {
                gpus.add(gpu);
            }
        }
        return gpus;
    }

    /** A GPU that this driver does not know is another's: of nouveau, or of a virtual machine. */
    private @Nullable Attached attach(Nvml library, PciFunction function, Told told) {
        String address = function.address();
        Query query = new Query(library, scratch.get(), address, told);
        ByteBuffer handle = scratch.get().first();
        boolean found = query.succeeds(
                "uuid", "nvmlDeviceGetHandleByPciBusId_v2", scratch.get().text(address), handle);
        if (!found) {
            return query.isLost() ? new Attached(address, address, null, false) : null;
        }
        return keep(new Attached(
                address, address, handle.getLong(0), isLive() && function.sleepsWhenUnused(told.problems())));
    }

    private List<Attached> byIndex(Nvml library, Told told) {
        Query query = new Query(library, scratch.get(), "all", told);
        ByteBuffer out = scratch.get().first();
        int count = query.succeeds("index", "nvmlDeviceGetCount_v2", out) ? out.getInt(0) : 0;
        List<Attached> gpus = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "GPU " + i;
            Attached gpu = attached.get(name);
            gpus.add(gpu == null ? byIndex(library, i, name, told) : gpu);
        }
        return gpus;
    }

    private Attached byIndex(Nvml library, int index, String name, Told told) {
        Query query = new Query(library, scratch.get(), name, told);
        ByteBuffer handle = scratch.get().first();
        if (!query.succeeds("uuid", "nvmlDeviceGetHandleByIndex_v2", index, handle)) {
            return new Attached(null, name, null, false);
        }
        return keep(new Attached(null, name, handle.getLong(0), false));
    }

    private Attached keep(Attached gpu) {
        attached.put(gpu.name(), gpu);
        if (xids != null && nvml != null && gpu.handle() != null) {
            xids.watch(nvml, gpu.name(), gpu.handle());
        }
        return gpu;
    }

    /** Lets go of the library, unless a reader is in the middle of it: then the next one tries again. */
    private void close() {
        if (open && inUse == 0 && nvml != null) {
            if (xids != null) {
                xids.stop();
            }
            instances.stop(nvml);
            nvml.call("nvmlShutdown");
            open = false;
            attached.clear();
            sleepers.released();
        }
    }
}
