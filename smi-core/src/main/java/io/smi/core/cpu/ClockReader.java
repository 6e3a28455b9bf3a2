package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of each logical CPU that is online, in MHz, by its number: cpufreq's scaling_cur_freq, else
 * {@code /proc/cpuinfo}, which many virtual machines have only. A CPU whose clock the kernel does not know is left out.
 */
public final class ClockReader implements Reader<Map<Integer, Integer>> {
    /**
     * Longer than a clock takes, unless the kernel sleeps: Linux 4.14 to 5.17 on x86 sleeps 10 ms for each CPU that was
     * not asked within the last second. For {@code /proc/cpuinfo} it sleeps once.
     */
    private static final long SLEEP_NANOS = 5_000_000;

    /** As many clocks in a row are not slow by chance. */
    private static final int SLOW_CLOCKS = 3;

    private final KernelFiles sys;
    private final OnlineCpus onlineCpus;
    private final KernelFile cpuinfo;
    private final LongSupplier nanoTime;
    private List<Clock> clocks = List.of();
    private @Nullable BitSet online;

    /** The kernel sleeps for cpufreq. */
    private boolean sleeps;

    /** {@code /proc/cpuinfo} has no clocks either. */
    private boolean onlyCpufreq;

    private record Clock(int cpu, KernelFile file) {}

    /** Reads these roots' sysfs, else procfs. */
    public ClockReader(Roots roots) {
        this(roots, System::nanoTime);
    }

    ClockReader(Roots roots, LongSupplier nanoTime) {
        this.sys = roots.sys();
        this.onlineCpus = new OnlineCpus(sys);
        this.cpuinfo = roots.proc().file("cpuinfo");
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Map<Integer, Integer> read(Problems problems) throws IOException {
        // What is wrong with that list, TopologyReader tells.
        BitSet now = onlineCpus.read(new Problems());
        if (!now.equals(online)) {
            open(now);
            online = now;
        }
        Map<Integer, Integer> found = sleeps ? Map.of() : fromCpufreq(problems);
        if ((sleeps || found.isEmpty()) && !onlyCpufreq) {
            found = parse(Cpuinfo.read(cpuinfo));
            onlyCpufreq = found.isEmpty();
            if (sleeps && onlyCpufreq) {
                sleeps = false;
                found = fromCpufreq(problems);
            }
        }
        return found.isEmpty() ? null : found;
    }

    private void open(BitSet cpus) throws IOException {
        for (Clock clock : clocks) {
            clock.file.close();
        }
        clocks = new ArrayList<>();
        for (int cpu = cpus.nextSetBit(0); cpu >= 0; cpu = cpus.nextSetBit(cpu + 1)) {
            String path = OnlineCpus.path(cpu, "cpufreq/scaling_cur_freq");
            if (sys.exists(path)) {
                clocks.add(new Clock(cpu, sys.file(path)));
            }
        }
    }

    /** Stops when it finds that the kernel sleeps. */
    private Map<Integer, Integer> fromCpufreq(Problems problems) {
        Map<Integer, Integer> found = new HashMap<>();
        int slow = 0;
        for (Clock clock : clocks) {
            long start = nanoTime.getAsLong();
            Integer megahertz = megahertz(KernelFiles.number(clock.file, problems));
            slow = nanoTime.getAsLong() - start > SLEEP_NANOS ? slow + 1 : 0;
            if (slow == SLOW_CLOCKS && !onlyCpufreq) {
                sleeps = true;
                break;
            }
            if (megahertz != null) {
                found.put(clock.cpu, megahertz);
            }
        }
        return found;
    }

    static Map<Integer, Integer> parse(Cursor text) throws KernelFormatException {
        Map<Integer, Integer> clocks = new HashMap<>();
        Integer cpu = null;
        do {
            if (Cpuinfo.key(text, "processor")) {
                cpu = Cpuinfo.number(text);
            } else if (cpu != null && Cpuinfo.key(text, "cpu MHz")) {
                text.skipSpaces();
                double clock = text.accept("Unknown") ? 0 : text.decimal();
                if (text.atEnd()) {
                    throw text.expected("a clock and a newline");
                }
                if (clock > 0) {
                    clocks.put(cpu, (int) Math.round(clock));
                }
            }
        } while (text.nextLine());
        return clocks;
    }

    /** Of cpufreq's kHz; it says 0 where it does not know. */
    static @Nullable Integer megahertz(@Nullable Long kilohertz) {
        return kilohertz == null || kilohertz <= 0 || kilohertz > Integer.MAX_VALUE
                ? null
                : Integer.valueOf((int) Math.round(kilohertz / 1e3));
    }
}
