package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import io.smi.schema.LoadAverage;
import java.io.IOException;

/** {@code /proc/loadavg}. */
public final class LoadReader implements Reader<LoadAverage> {
    private final KernelFile file;

    /** Reads {@code loadavg} of this procfs. */
    public LoadReader(Roots roots) {
        this.file = roots.proc().file("loadavg");
    }

    @Override
    public LoadAverage read(Problems problems) throws IOException {
        return parse(file.read());
    }

    /** The number of tasks that follows proves that the last average is whole. */
    static LoadAverage parse(Cursor text) throws KernelFormatException {
        LoadAverage load = new LoadAverage(text.decimal(), text.decimal(), text.decimal());
        if (!text.accept(" ")) {
            throw text.expected("three averages and the number of tasks");
        }
        return load;
    }
}
