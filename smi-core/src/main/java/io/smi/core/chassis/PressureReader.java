package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import io.smi.schema.Pressure;
import io.smi.schema.PressureStall;
import org.jspecify.annotations.Nullable;

/** {@code /proc/pressure}: how long tasks stood still for want of a CPU, of memory, of a disk. */
public final class PressureReader implements Reader<Pressure> {
    private final KernelFiles proc;
    private final KernelFile cpu;
    private final KernelFile memory;
    private final KernelFile io;

    /** Reads {@code pressure} of this procfs. */
    public PressureReader(Roots roots) {
        this.proc = roots.proc();
        this.cpu = proc.file("pressure/cpu");
        this.memory = proc.file("pressure/memory");
        this.io = proc.file("pressure/io");
    }

    /** Null where the kernel was built or started without PSI. */
    @Override
    public @Nullable Pressure read(Problems problems) {
        if (!proc.exists("pressure")) {
            return null;
        }
        PressureStall ofCpu = stall(cpu, problems);
        return new Pressure(ofCpu == null ? null : someOnly(ofCpu), stall(memory, problems), stall(io, problems));
    }

    /** That all tasks wait for a CPU cannot be: the kernel prints zeros, for the sake of parsers. */
    private static PressureStall someOnly(PressureStall stall) {
        return new PressureStall(stall.someAvg10Percent(), null, stall.someSecondsTotal(), null);
    }

    private static @Nullable PressureStall stall(KernelFile file, Problems problems) {
        Cursor text = KernelFiles.attribute(file, problems);
        try {
            return text == null ? null : parse(text);
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    static PressureStall parse(Cursor text) throws KernelFormatException {
        Line some = line("some", text);
        Line full = text.atEnd() ? null : line("full", text);
        return full == null
                ? new PressureStall(some.percent(), null, some.seconds(), null)
                : new PressureStall(some.percent(), full.percent(), some.seconds(), full.seconds());
    }

    private record Line(double percent, double seconds) {}

    /** Such as {@code some avg10=0.12 avg60=0.05 avg300=0.01 total=123456}, in percent and microseconds. */
    private static Line line(String kind, Cursor text) throws KernelFormatException {
        if (!text.accept(kind) || !text.accept(" avg10=")) {
            throw text.expected(kind + " avg10=");
        }
        double percent = text.decimal();
        if (percent > 100) {
            throw text.expected("at most 100 percent");
        }
        while (!text.accept("total=")) {
            if (!text.skipPast(' ')) {
                throw text.expected("total=");
            }
        }
        double seconds = text.number() / 1e6;
        if (!text.accept("\n")) {
            throw text.expected("the end of the line");
        }
        return new Line(percent, seconds);
    }
}
