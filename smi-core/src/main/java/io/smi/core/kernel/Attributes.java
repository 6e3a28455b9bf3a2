package io.smi.core.kernel;

import io.smi.core.Problems;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files in one folder of sysfs that a device has of those that it may have, kept open. */
public final class Attributes implements Closeable {
    private final KernelFiles sys;
    private final String folder;
    private final List<KernelFile> open = new ArrayList<>();

    /** Of this folder. */
    public Attributes(KernelFiles sys, String folder) {
        this.sys = sys;
        this.folder = folder;
    }

    /** Of the hwmon device of this device: its first; null when it has none. */
    public static @Nullable Attributes ofHwmon(KernelFiles sys, String device) {
        for (String name : sys.list(device + "/hwmon")) {
            if (name.startsWith("hwmon")) {
                return new Attributes(sys, device + "/hwmon/" + name);
            }
        }
        return null;
    }

    /**
     * A whole number.
     *
     * @param file null when the device has none
     * @param least what it can be at least; anything else is how the driver says that it does not know
     * @param most what it can be at most
     */
    public record Attribute(@Nullable KernelFile file, long least, long most) {
        /** One that a device does not have. */
        public static final Attribute NONE = new Attribute(null, 0, 0);

        /** Null when it is not known at the moment. */
        public @Nullable Long read(Problems problems) {
            Long value = file == null ? null : KernelFiles.number(file, problems);
            return value == null || value < least || value > most ? null : value;
        }

        /** In units so many times as large. */
        public @Nullable Double read(double unit, Problems problems) {
            Long value = read(problems);
            return value == null ? null : Double.valueOf(value / unit);
        }

        /** In whole units so many times as large; of one whose most is no more than an int holds of them. */
        public @Nullable Integer readInt(long unit, Problems problems) {
            Long value = read(problems);
            return value == null ? null : Integer.valueOf(Math.toIntExact(value / unit));
        }
    }

    /** A number between these. */
    public Attribute number(String name, long least, long most) {
        return new Attribute(file(name), least, most);
    }

    /** A file to read again and again; null when there is none. */
    public @Nullable KernelFile file(String name) {
        if (!has(name)) {
            return null;
        }
        KernelFile file = sys.file(folder + "/" + name);
        open.add(file);
        return file;
    }

    /** Whether there is such a file or folder. */
    public boolean has(String name) {
        return sys.exists(folder + "/" + name);
    }

    /** What a small file says that does not change; null when there is none or it is empty. */
    public @Nullable String text(String name, Problems problems) {
        return sys.text(folder + "/" + name, problems);
    }

    @Override
    public void close() throws IOException {
        for (KernelFile file : open) {
            file.close();
        }
    }
}
