package io.smi.core.cpu;

import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.cpu.CpuinfoReader.Identity;
import io.smi.core.cpu.Topology.CpuPackage;
import io.smi.core.cpu.Topology.Logical;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.HwmonReader;
import io.smi.core.rapl.Rapl;
import io.smi.core.rapl.RaplReader;
import io.smi.schema.CoreType;
import io.smi.schema.Cpu;
import io.smi.schema.CpuBuilder;
import io.smi.schema.LogicalCpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code cpu} section: one row per package. */
public final class CpuRows {
    private static final Identity UNKNOWN = new Identity(null, null, null);

    private final @Nullable Span<Stat> times;
    private final Map<Integer, Integer> clocks;
    private final Map<Integer, Long> throttles;
    private final @Nullable Rapl rapl;
    private final @Nullable Span<Rapl> power;
    private final Identity identity;
    private final List<CpuPackage> packages;
    private final Map<Integer, Double> temperatures;

    private CpuRows(Readings readings) {
        Topology topology = readings.get(TopologyReader.class);
        packages = packages(topology, readings.get(StatReader.class));
        times = readings.span(StatReader.class);
        clocks = orEmpty(readings.get(ClockReader.class));
        Identity known = readings.get(CpuinfoReader.class);
        identity = known == null ? UNKNOWN : known;
        // Without a topology the only row may be that of several packages, and has no values of one of them.
        throttles = topology == null ? Map.of() : orEmpty(readings.get(ThrottleReader.class));
        rapl = topology == null ? null : readings.get(RaplReader.class);
        power = topology == null ? null : readings.span(RaplReader.class);
        List<Chip> chips = topology == null ? null : readings.get(HwmonReader.class);
        temperatures = chips == null ? Map.of() : PackageTemperature.of(chips, ids(packages));
    }

    /** A row for each package, by id; none when there is neither a topology nor a {@code /proc/stat}. */
    public static List<Cpu> of(Readings readings) {
        CpuRows rows = new CpuRows(readings);
        List<Cpu> cpus = new ArrayList<>();
        for (CpuPackage one : rows.packages) {
            cpus.add(rows.row(one));
        }
        return cpus;
    }

    private Cpu row(CpuPackage one) {
        Span<Stat> span = times;
        CpuTimes all = span == null ? null : CpuTimes.none(span);
        List<LogicalCpu> logical = new ArrayList<>(one.cpus().size());
        for (Logical cpu : one.cpus()) {
            CpuTimes own = span == null ? null : CpuTimes.of(span, cpu.id());
            if (all != null && own != null) {
                all.add(own);
            }
            Double utilization = own == null ? null : own.utilization();
            logical.add(new LogicalCpu(cpu.id(), cpu.core(), cpu.type(), utilization, clocks.get(cpu.id())));
        }
        return CpuBuilder.builder()
                .packageId(one.id())
                .model(identity.model())
                .vendor(identity.vendor())
                .architecture(identity.architecture())
                .cores(one.cores())
                .threads(logical.size())
                .clockMhz(meanClock(logical))
                .clockMaxMhz(one.clockMaxMhz())
                .cacheBytes(one.cacheBytes())
                .utilizationPercent(all == null ? null : all.utilization())
                .modesPercent(all == null ? null : all.modes())
                .temperatureCelsius(temperatures.get(one.id()))
                .powerWatts(watts(one.id()))
                .energyJoulesTotal(rapl == null ? null : rapl.packageJoules().get(one.id()))
                .throttleTotal(throttles.get(one.id()))
                .logical(logical)
                .build();
    }

    private @Nullable Double watts(int id) {
        Span<Rapl> span = power;
        return span == null
                ? null
                : span.perSecond(
                        span.before().packageJoules().get(id),
                        span.after().packageJoules().get(id));
    }

    /** Null unless all are known: those that are not may be the slow ones. */
    private static @Nullable Integer meanClock(List<LogicalCpu> cpus) {
        long sum = 0;
        for (LogicalCpu cpu : cpus) {
            if (cpu.clockMhz() == null) {
                return null;
            }
            sum += cpu.clockMhz();
        }
        return cpus.isEmpty() ? null : Integer.valueOf((int) Math.round((double) sum / cpus.size()));
    }

    /** Those of the topology. Without one, all CPUs that run are taken for one package. */
    private static List<CpuPackage> packages(@Nullable Topology topology, @Nullable Stat stat) {
        if (topology != null && (stat == null || topology.packages().size() > 1)) {
            return topology.packages();
        }
        if (stat == null) {
            return List.of();
        }
        CpuPackage one = topology == null
                ? new CpuPackage(0, null, null, null, List.of())
                : topology.packages().get(0);
        return List.of(complete(one, stat));
    }

    /**
     * Adds CPUs that run and that the topology does not have, because they were plugged in between the two readings.
     * With several packages it cannot be told whose they are, until the next reading.
     */
    private static CpuPackage complete(CpuPackage one, Stat stat) {
        List<Logical> cpus = new ArrayList<>(one.cpus());
        int at = 0;
        for (int i = 0; i < stat.size(); i++) {
            int id = stat.id(i);
            while (at < cpus.size() && cpus.get(at).id() < id) {
                at++;
            }
            if (at == cpus.size() || cpus.get(at).id() > id) {
                cpus.add(at, new Logical(id, null, CoreType.STANDARD));
            }
        }
        return cpus.size() == one.cpus().size()
                ? one
                : new CpuPackage(one.id(), one.cores(), one.cacheBytes(), one.clockMaxMhz(), cpus);
    }

    private static List<Integer> ids(List<CpuPackage> packages) {
        List<Integer> ids = new ArrayList<>(packages.size());
        for (CpuPackage one : packages) {
            ids.add(one.id());
        }
        return ids;
    }

    private static <T> Map<Integer, T> orEmpty(@Nullable Map<Integer, T> map) {
        return map == null ? Map.of() : map;
    }
}
