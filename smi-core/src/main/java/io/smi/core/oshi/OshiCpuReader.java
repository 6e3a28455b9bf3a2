package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.core.cpu.Makers;
import io.smi.schema.CoreType;
import io.smi.schema.Cpu;
import io.smi.schema.CpuBuilder;
import io.smi.schema.CpuModes;
import io.smi.schema.LogicalCpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.LogicalProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.Sensors;

/** OSHI's {@code CentralProcessor}: load from its tick counters, clocks, and the temperature of the only package. */
public final class OshiCpuReader implements Reader<OshiCpuReader.Facts> {
    private final CentralProcessor processor;
    private final Sensors sensors;

    OshiCpuReader(CentralProcessor processor, Sensors sensors) {
        this.processor = processor;
        this.sensors = sensors;
    }

    /**
     * The processors.
     *
     * @param ticks milliseconds, of each logical processor by {@link TickType}
     */
    public record Facts(
            @Nullable String model,
            @Nullable String vendor,
            List<Place> places,
            List<List<Long>> ticks,
            List<Integer> clocksMhz,
            @Nullable Integer clockMaxMhz,
            @Nullable Double celsius) {}

    /** Where a logical processor is. */
    record Place(int id, int core, int packageId) {}

    @Override
    public Facts read(Problems problems) {
        List<Place> places = new ArrayList<>();
        for (LogicalProcessor one : processor.getLogicalProcessors()) {
            places.add(new Place(
                    one.getProcessorNumber(), one.getPhysicalProcessorNumber(), one.getPhysicalPackageNumber()));
        }
        List<List<Long>> ticks = Arrays.stream(processor.getProcessorCpuLoadTicks())
                .map(one -> Arrays.stream(one).boxed().toList())
                .toList();
        List<Integer> clocks = Arrays.stream(processor.getCurrentFreq())
                .mapToObj(hertz -> (int) (hertz / 1_000_000))
                .toList();
        return new Facts(
                Known.text(processor.getProcessorIdentifier().getName()),
                vendor(processor.getProcessorIdentifier().getVendor()),
                places,
                ticks,
                clocks,
                Known.small(processor.getMaxFreq() / 1_000_000),
                Known.measured(sensors.getCpuTemperature()));
    }

    private static @Nullable String vendor(String vendor) {
        String known = Known.text(vendor);
        return known == null ? null : Makers.known(known);
    }

    /** The rows of its section. */
    public static List<Cpu> rows(Readings readings) {
        Facts facts = readings.get(OshiCpuReader.class);
        if (facts == null) {
            return List.of();
        }
        List<Cpu> rows = new ArrayList<>();
        TreeSet<Integer> packages = new TreeSet<>();
        facts.places.forEach(place -> packages.add(place.packageId));
        for (int id : packages) {
            rows.add(row(facts, id, packages.size() == 1, readings.span(OshiCpuReader.class)));
        }
        return rows;
    }

    private static Cpu row(Facts facts, int packageId, boolean only, @Nullable Span<Facts> span) {
        TreeSet<Integer> cores = new TreeSet<>();
        List<LogicalCpu> logical = new ArrayList<>();
        @Nullable Double[] growth = new @Nullable Double[TickType.values().length];
        for (int i = 0; i < facts.places.size(); i++) {
            Place place = facts.places.get(i);
            if (place.packageId == packageId) {
                cores.add(place.core);
                @Nullable Double[] own = growth(span, i);
                for (int type = 0; type < growth.length; type++) {
                    growth[type] = sum(logical.isEmpty() ? Double.valueOf(0) : growth[type], own[type]);
                }
                Integer clock = i < facts.clocksMhz.size() ? Known.small(facts.clocksMhz.get(i)) : null;
                logical.add(new LogicalCpu(place.id, place.core, CoreType.STANDARD, busy(own), clock));
            }
        }
        return CpuBuilder.builder()
                .packageId(packageId)
                .model(facts.model)
                .vendor(facts.vendor)
                .architecture(architecture(System.getProperty("os.arch")))
                .cores(cores.size())
                .threads(logical.size())
                .clockMaxMhz(facts.clockMaxMhz)
                .utilizationPercent(busy(growth))
                .modesPercent(modes(growth))
                .temperatureCelsius(only ? facts.celsius : null)
                .logical(logical)
                .build();
    }

    /** As the kernels call it, and not Java. */
    private static String architecture(String java) {
        return java.toLowerCase(Locale.ROOT).equals("amd64") ? "x86_64" : java;
    }

    /** Milliseconds, by {@link TickType}; null where they are not known or went backwards. */
    static @Nullable Double[] growth(@Nullable Span<Facts> span, int processor) {
        @Nullable Double[] growth = new @Nullable Double[TickType.values().length];
        for (int type = 0; type < growth.length; type++) {
            Long first = span == null ? null : tick(span.before(), processor, type);
            Long last = span == null ? null : tick(span.after(), processor, type);
            boolean settled = isPause(type) && first != null && last != null && last < first;
            growth[type] = settled ? Double.valueOf(0) : Span.growth(first, last);
        }
        return growth;
    }

    /** Linux charges a pause that lasts to idle or to iowait, and may change its mind when it ends. */
    private static boolean isPause(int type) {
        return type == TickType.IDLE.getIndex() || type == TickType.IOWAIT.getIndex();
    }

    private static @Nullable Long tick(Facts facts, int processor, int type) {
        return processor < facts.ticks.size() ? facts.ticks.get(processor).get(type) : null;
    }

    private static @Nullable Double sum(@Nullable Double... values) {
        double sum = 0;
        for (Double value : values) {
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return sum;
    }

    private static @Nullable Double busy(@Nullable Double[] growth) {
        Double all = sum(growth);
        Double idle = sum(growth[TickType.IDLE.getIndex()], growth[TickType.IOWAIT.getIndex()]);
        return all == null || idle == null ? null : Span.percent(all - idle, all);
    }

    private static @Nullable CpuModes modes(@Nullable Double[] growth) {
        Double all = sum(growth);
        if (all == null) {
            return null;
        }
        return new CpuModes(
                Span.percent(growth[TickType.USER.getIndex()], all),
                Span.percent(growth[TickType.NICE.getIndex()], all),
                Span.percent(growth[TickType.SYSTEM.getIndex()], all),
                Span.percent(growth[TickType.IDLE.getIndex()], all),
                Span.percent(growth[TickType.IOWAIT.getIndex()], all),
                Span.percent(growth[TickType.IRQ.getIndex()], all),
                Span.percent(growth[TickType.SOFTIRQ.getIndex()], all),
                Span.percent(growth[TickType.STEAL.getIndex()], all),
                null);
    }
}
