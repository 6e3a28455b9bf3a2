package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import java.io.IOException;

/** {@code /proc/uptime}: seconds since boot, time asleep included. */
public final class UptimeReader implements Reader<Double> {
    private final KernelFile file;

    /** Reads {@code uptime} of this procfs. */
    public UptimeReader(Roots roots) {
        this.file = roots.proc().file("uptime");
    }

    @Override
    public Double read(Problems problems) throws IOException {
        return parse(file.read());
    }

    /** The idle time that follows proves that the number is whole. */
    static double parse(Cursor text) throws KernelFormatException {
        double seconds = text.decimal();
        if (!text.accept(" ")) {
            throw text.expected("uptime and idle time");
        }
        return seconds;
    }
}
