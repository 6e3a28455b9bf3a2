package io.smi.core.kernel;

import io.smi.core.Problems;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether a device is awake: its {@code power/runtime_status}, which can be read without waking it. */
public final class RuntimeStatus implements Closeable {
    private final @Nullable KernelFile file;

    /** What the kernel says of a device. */
    public enum Power {
        /** Awake, or of a kind that is never put to sleep. */
        AWAKE,
        /** Asleep: to read from it would wake it. */
        ASLEEP,
        /** Cannot be told. */
        UNKNOWN
    }

    private RuntimeStatus(@Nullable KernelFile file) {
        this.file = file;
    }

    /** Of the device in this folder. A kernel that puts no device to sleep has no such file. */
    public static RuntimeStatus of(KernelFiles sys, String device) {
        String path = device + "/power/runtime_status";
        return new RuntimeStatus(sys.exists(path) ? sys.file(path) : null);
    }

    /** As it is now. */
    public Power read(Problems problems) {
        if (file == null) {
            return Power.AWAKE;
        }
        Cursor text = KernelFiles.attribute(file, problems);
        if (text == null) {
            return Power.UNKNOWN;
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
