package io.smi.core.kernel;

import io.smi.core.Problems;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether a device is awake: its {@code power/runtime_status}, which can be read without waking it. */
public final class RuntimeStatus implements Closeable {
    private final KernelFiles sys;
    private final String device;
    private final @Nullable KernelFile file;

    /** What the kernel says of a device. */
    public enum Power {
        /** Awake, or of a kind that is never put to sleep. */
        AWAKE,
        /** Asleep: to read from it would wake it. */
        ASLEEP,
        /** Not there any more: it was pulled out, or its driver gave it up. */
        GONE,
        /** Cannot be told. */
        UNKNOWN
    }

    private RuntimeStatus(KernelFiles sys, String device, @Nullable KernelFile file) {
        this.sys = sys;
        this.device = device;
        this.file = file;
    }

    /** Of the device in this folder. A kernel that puts no device to sleep has no such file. */
    public static RuntimeStatus of(KernelFiles sys, String device) {
        String path = device + "/power/runtime_status";
        return new RuntimeStatus(sys, device, sys.exists(path) ? sys.file(path) : null);
    }

    /** As it is now. */
    public Power read(Problems problems) {
        if (file == null) {
            return Power.AWAKE;
        }
        Cursor text = KernelFiles.attribute(file, problems);
        if (text == null) {
            return sys.exists(device) ? Power.UNKNOWN : Power.GONE;
        } else if (text.accept("active\n") || text.accept("unsupported\n")) {
            return Power.AWAKE;
        }
        return text.accept("suspended\n") || text.accept("suspending\n") ? Power.ASLEEP : Power.UNKNOWN;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
