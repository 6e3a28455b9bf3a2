package io.smi.core.kernel;

import io.smi.core.Problems;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The devices in one folder of sysfs. What does not change about a device is found out once, and anew only when the
 * folder lists others than before: it was plugged in or pulled out, or its driver came or went.
 *
 * @param <D> a device: its facts and the files of it that are kept open
 */
public final class Devices<D extends Closeable> {
    private final KernelFiles files;
    private final String folder;
    private final Opener<D> opener;
    private final long listEveryNanos;
    private final LongSupplier nanoTime;
    private List<String> names = List.of();
    private List<D> devices = List.of();
    private Problems told = new Problems();
    private @Nullable Long listed;

    /** Makes a device of an entry of the folder. */
    public interface Opener<D> {
        /** Opens the device in this path; null when it is none of those that are looked for. */
        @Nullable
        D open(String path, String name, Problems problems);
    }

    /** The devices in this folder. */
    public Devices(KernelFiles files, String folder, Opener<D> opener) {
        this(files, folder, opener, Duration.ZERO, System::nanoTime);
    }

    /** The devices in this folder, which has so many entries that it is listed no more often than this. */
    public Devices(KernelFiles files, String folder, Opener<D> opener, Duration listEvery) {
        this(files, folder, opener, listEvery, System::nanoTime);
    }

    Devices(KernelFiles files, String folder, Opener<D> opener, Duration listEvery, LongSupplier nanoTime) {
        this.files = files;
        this.folder = folder;
        this.opener = opener;
        this.listEveryNanos = listEvery.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Those that are there now, by name. What was in the way when they were opened is told every time. */
    public List<D> list(Problems problems) throws IOException {
        long now = nanoTime.getAsLong();
        if (listed == null || now - listed >= listEveryNanos) {
            look();
            listed = now;
        }
        problems.addAll(told);
        return devices;
    }

    private void look() throws IOException {
        List<String> found = files.list(folder);
        if (!found.equals(names)) {
            List<D> gone = devices;
            told = new Problems();
            devices = open(found);
            names = found;
            for (D device : gone) {
                device.close();
            }
        }
    }

    private List<D> open(List<String> found) {
        List<D> opened = new ArrayList<>();
        for (String name : found) {
            D device = opener.open(folder + "/" + name, name, told);
            if (device != null) {
                opened.add(device);
            }
        }
        return List.copyOf(opened);
    }
}
