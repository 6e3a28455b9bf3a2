package io.smi.core.memory;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import io.smi.core.memory.CgroupMemoryReader.Confinement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory limits of the control groups that this process is in, of version 1 or 2. */
public final class CgroupMemoryReader implements Reader<Confinement> {
    /** Version 1 writes no limit as the largest number of whole pages; a limit that large is none. */
    private static final long NO_LIMIT = 1L << 62;

    /** Before Linux 3.19 it is the largest number that 64 bits hold. */
    private static final String NO_LIMIT_EARLIER = "18446744073709551615\n";

    private final KernelFiles sys;
    private final KernelFiles proc;
    private @Nullable Groups groups;

    /** Finds the control groups of this procfs in this sysfs. */
    public CgroupMemoryReader(Roots roots) {
        this.sys = roots.sys();
        this.proc = roots.proc();
    }

    /**
     * The tightest limit in force.
     *
     * @param used what is charged to the group that sets it, in bytes
     */
    public record Confinement(long limit, @Nullable Long used) {}

    /** One group on the way from the own one up. */
    private record Level(KernelFile limit, KernelFile usage) {}

    /** Where a process is may change, but those that do it to others do it before there is anything to measure. */
    private record Groups(List<Level> levels, Problems told) {}

    @Override
    public @Nullable Confinement read(Problems problems) {
        Groups found = groups;
        if (found == null) {
            found = find();
            groups = found;
        }
        problems.addAll(found.told());
        long tightest = NO_LIMIT;
        Level tight = null;
        for (Level group : found.levels()) {
            Long limit = limit(group.limit(), problems);
            if (limit != null && limit < tightest) {
                tightest = limit;
                tight = group;
            }
        }
        return tight == null ? null : new Confinement(tightest, KernelFiles.number(tight.usage(), problems));
    }

    private static @Nullable Long limit(KernelFile file, Problems problems) {
        Cursor text = KernelFiles.attribute(file, problems);
        if (text == null || text.accept("max\n") || text.accept(NO_LIMIT_EARLIER)) {
            return null;
        }
        try {
            long limit = text.number();
            if (!text.accept("\n")) {
                throw text.expected("a line with a limit");
            }
            return limit;
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Groups find() {
        Problems told = new Problems();
        List<Level> levels = new ArrayList<>();
        CgroupPath own = CgroupPath.ofMemory(proc, told);
        if (own != null) {
            String limit = own.unified() ? "/memory.max" : "/memory.limit_in_bytes";
            String usage = own.unified() ? "/memory.current" : "/memory.usage_in_bytes";
            for (String folder : own.upwards(sys)) {
                if (sys.exists(folder + limit)) {
                    levels.add(new Level(sys.file(folder + limit), sys.file(folder + usage)));
                }
            }
        }
        return new Groups(List.copyOf(levels), told);
    }
}
