package io.smi.core.rapl;

import io.smi.core.Problems;
import io.smi.core.Problems.Problem;
import io.smi.core.Reader;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.ErrorKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Energy counters of Intel's and AMD's processors: the top-level domains {@code intel-rapl:N} of
 * {@code /sys/class/powercap}. Since Linux 5.10 only root may read them, because they tell what other programs compute.
 */
public final class RaplReader implements Reader<Rapl> {
    private static final String FOLDER = "class/powercap";
    private static final String DOMAIN = "intel-rapl:";
    private static final String PACKAGE = "package-";

    private final KernelFiles sys;
    private final LongSupplier nanoTime;
    private List<EnergyDomain> domains = List.of();

    /** What was in the way when the domains were looked for. */
    private Problems told = new Problems();

    /** Whether each domain said what it is. */
    private boolean allNamed;

    /** Reads this sysfs. */
    public RaplReader(Roots roots) {
        this(roots, System::nanoTime);
    }

    RaplReader(Roots roots, LongSupplier nanoTime) {
        this.sys = roots.sys();
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Rapl read(Problems problems) throws IOException {
        if (domains.isEmpty()) {
            domains = find();
        }
        problems.addAll(told);
        Map<Integer, Double> packages = new TreeMap<>();
        Set<Integer> incomplete = new HashSet<>();
        Problems reading = new Problems();
        for (EnergyDomain domain : domains) {
            Long microjoules = domain.read(reading);
            if (microjoules == null) {
                incomplete.add(domain.packageId());
            } else {
                packages.merge(domain.packageId(), microjoules / 1e6, Double::sum);
            }
        }
        packages.keySet().removeAll(incomplete);
        tell(reading, problems);
        if (packages.isEmpty() && reading.list().isEmpty()) {
            forget();
        }
        return packages.isEmpty() ? null : new Rapl(packages, allNamed && incomplete.isEmpty());
    }

    /**
     * The top-level domains are packages, or their dies, and the platform (psys), which is the firmware's guess and
     * left out. The same packages may be there once more as intel-rapl-mmio, another way to the same counters.
     */
    private List<EnergyDomain> find() {
        told = new Problems();
        allNamed = true;
        List<EnergyDomain> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : sys.list(FOLDER)) {
            String folder = FOLDER + "/" + entry;
            boolean top = entry.startsWith(DOMAIN) && entry.indexOf(':', DOMAIN.length()) < 0;
            String name = top ? sys.text(folder + "/name", told) : null;
            allNamed &= !top || name != null;
            Integer packageId = name == null ? null : packageId(name);
            if (packageId != null && names.add(name)) {
                found.add(new EnergyDomain(packageId, sys, folder, nanoTime));
            }
        }
        return found;
    }

    /** The package of package-1 or package-1-die-0; null of others. */
    private static @Nullable Integer packageId(String name) {
        if (!name.startsWith(PACKAGE)) {
            return null;
        }
        int end = name.indexOf('-', PACKAGE.length());
        try {
            return Integer.parseUnsignedInt(name, PACKAGE.length(), end < 0 ? name.length() : end, 10);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Who may not read one counter may not read the others: told once. */
    private static void tell(Problems reading, Problems problems) {
        boolean denied = false;
        for (Problem problem : reading.list()) {
            if (problem.kind() != ErrorKind.DENIED) {
                problems.failed(problem.message());
            } else if (!denied) {
                problems.denied(problem.message());
                denied = true;
            }
        }
    }

    /** The driver may have been unloaded, and may come back. */
    private void forget() throws IOException {
        for (EnergyDomain domain : domains) {
            domain.close();
        }
        domains = List.of();
    }
}
