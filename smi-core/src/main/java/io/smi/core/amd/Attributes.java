package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files in one folder of sysfs that this card has of those that it may have, kept open. */
final class Attributes implements Closeable {
    private final KernelFiles sys;
    private final String folder;
    private final List<KernelFile> open = new ArrayList<>();

    Attributes(KernelFiles sys, String folder) {
        this.sys = sys;
        this.folder = folder;
    }

    /**
     * A whole number.
     *
     * @param file null when this card has none
     * @param least what it can be at least; anything else is how the driver says that it does not know
     * @param most what it can be at most
     */
    record Attribute(@Nullable KernelFile file, long least, long most) {
        /** Null when it is not known at the moment. */
        @Nullable
        Long read(Problems problems) {
            Long value = file == null ? null : KernelFiles.number(file, problems);
            return value == null || value < least || value > most ? null : value;
        }

        /** In units so many times as large. */
        @Nullable
        Double read(double unit, Problems problems) {
            Long value = read(problems);
            return value == null ? null : Double.valueOf(value / unit);
        }
    }

    /** A number between these. */
    Attribute number(String name, long least, long most) {
        return new Attribute(file(name), least, most);
    }

    /** A file to read again and again; null when there is none. */
    @Nullable
    KernelFile file(String name) {
        if (!has(name)) {
            return null;
        }
        KernelFile file = sys.file(folder + "/" + name);
        open.add(file);
        return file;
    }

    boolean has(String name) {
        return sys.exists(folder + "/" + name);
    }

    /** What a small file says that does not change; null when there is none or it is empty. */
    @Nullable
    String text(String name, Problems problems) {
        return sys.text(folder + "/" + name, problems);
    }

    @Override
    public void close() throws IOException {
        for (KernelFile file : open) {
            file.close();
        }
    }
}
