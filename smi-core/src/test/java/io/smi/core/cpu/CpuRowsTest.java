package io.smi.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Readings;
import io.smi.core.cpu.CpuinfoReader.Identity;
import io.smi.core.cpu.Topology.CpuPackage;
import io.smi.core.cpu.Topology.Logical;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.HwmonReader;
import io.smi.core.rapl.Rapl;
import io.smi.core.rapl.RaplReader;
import io.smi.schema.CoreType;
import io.smi.schema.Cpu;
import io.smi.schema.CpuModes;
import io.smi.schema.LogicalCpu;
import io.smi.schema.Temperature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuRowsTest {
    private static final long SECOND = 1_000_000_000;

    private final Map<Class<?>, Object> before = new HashMap<>();
    private final Map<Class<?>, Object> now = new HashMap<>();

    @Test
    void everyPackageHasItsOwnTimes() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 0), twoCpus(1, 2))));
        before.put(StatReader.class, stat(0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0));
        now.put(StatReader.class, stat(0, 100, 0, 1, 50, 50, 2, 0, 100, 3, 20, 80));
        List<Cpu> rows = rows();
        assertThat(rows).extracting(Cpu::packageId).containsExactly(0, 1);
        assertThat(rows).extracting(Cpu::utilizationPercent).containsExactly(75.0, 10.0);
        assertThat(rows.get(0).modesPercent()).isEqualTo(new CpuModes(75d, 0d, 0d, 25d, 0d, 0d, 0d, 0d, 0d));
        assertThat(rows.get(1).logical())
                .containsExactly(
                        new LogicalCpu(2, 2, CoreType.STANDARD, 0.0, null),
                        new LogicalCpu(3, 3, CoreType.STANDARD, 20.0, null));
    }

    @Test
    void oneSampleGivesNoRates() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 0))));
        now.put(StatReader.class, stat(0, 100, 0, 1, 50, 50));
        now.put(RaplReader.class, new Rapl(Map.of(0, 70.0), true));
        Cpu row = row();
        assertThat(row.threads()).isEqualTo(2);
        assertThat(row.utilizationPercent()).isNull();
        assertThat(row.modesPercent()).isNull();
        assertThat(row.powerWatts()).isNull();
        assertThat(row.energyJoulesTotal()).isEqualTo(70);
        assertThat(row.logical()).extracting(LogicalCpu::utilizationPercent).containsOnlyNulls();
    }

    @Test
    void onlyCpusThatWereOnlineBothTimesCount() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 0))));
        before.put(StatReader.class, stat(0, 0, 0));
        now.put(StatReader.class, stat(0, 10, 90, 1, 5000, 1));
        assertThat(row().utilizationPercent()).isEqualTo(10);
        assertThat(row().logical()).extracting(LogicalCpu::utilizationPercent).containsExactly(10.0, null);
    }

    @Test
    void aCpuWhoseCountersWereResetIsUnknown() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 0))));
        before.put(StatReader.class, stat(0, 0, 0, 1, 900, 900));
        now.put(StatReader.class, stat(0, 30, 70, 1, 10, 10));
        assertThat(row().utilizationPercent()).isEqualTo(30);
        assertThat(row().logical()).extracting(LogicalCpu::utilizationPercent).containsExactly(30.0, null);
    }

    @Test
    void aCpuThatTheTopologyDoesNotHaveYetIsInTheOnlyPackage() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 1))));
        now.put(StatReader.class, stat(0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0));
        assertThat(row().threads()).isEqualTo(4);
        assertThat(row().cores()).isEqualTo(2);
        assertThat(row().logical()).extracting(LogicalCpu::id).containsExactly(0, 1, 2, 3);
        assertThat(row().logical()).extracting(LogicalCpu::core).containsExactly(null, 1, 2, null);
    }

    @Test
    void withSeveralPackagesItWaitsForTheNextReading() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 0), twoCpus(1, 2))));
        now.put(StatReader.class, stat(0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0));
        assertThat(rows()).extracting(Cpu::threads).containsExactly(2, 2);
    }

    @Test
    void withoutTopologyTheCpusThatRunAreOnePackage() {
        now.put(StatReader.class, stat(0, 0, 0, 1, 0, 0));
        assertThat(row().packageId()).isZero();
        assertThat(row().threads()).isEqualTo(2);
        assertThat(row().cores()).isNull();
    }

    @Test
    void withoutTopologyNoValueOfOnePackageStandsBesideThoseOfAllCpus() {
        before.put(StatReader.class, stat(0, 0, 0, 1, 0, 0));
        now.put(StatReader.class, stat(0, 50, 50, 1, 100, 0));
        now.put(ThrottleReader.class, Map.of(0, 17L));
        before.put(RaplReader.class, new Rapl(Map.of(0, 1000.0), true));
        now.put(RaplReader.class, new Rapl(Map.of(0, 1130.0), true));
        now.put(
                HwmonReader.class,
                List.of(new Chip(
                        "coretemp",
                        "coretemp.0",
                        List.of(new Temperature("coretemp", "Package id 0", 50.0, null, null)),
                        List.of(),
                        List.of())));
        Cpu row = row();
        assertThat(row.utilizationPercent()).isEqualTo(75);
        assertThat(row.throttleTotal()).isNull();
        assertThat(row.powerWatts()).isNull();
        assertThat(row.energyJoulesTotal()).isNull();
        assertThat(row.temperatureCelsius()).isNull();
    }

    @Test
    void withoutAnythingThereAreNoRows() {
        now.put(CpuinfoReader.class, new Identity("AMD EPYC", "AMD", "x86_64"));
        assertThat(rows()).isEmpty();
    }

    @Test
    void factsAndSensorsOfAPackage() {
        now.put(
                TopologyReader.class,
                new Topology(List.of(
                        new CpuPackage(3, 1, 32L << 20, 4900, twoCpus(3, 0).cpus()))));
        now.put(CpuinfoReader.class, new Identity("AMD EPYC", "AMD", "x86_64"));
        now.put(ClockReader.class, Map.of(0, 1400, 1, 2801));
        now.put(ThrottleReader.class, Map.of(3, 17L));
        before.put(RaplReader.class, new Rapl(Map.of(3, 1000.0), true));
        now.put(RaplReader.class, new Rapl(Map.of(3, 1130.0), true));
        Cpu row = row();
        assertThat(row.packageId()).isEqualTo(3);
        assertThat(row.model()).isEqualTo("AMD EPYC");
        assertThat(row.vendor()).isEqualTo("AMD");
        assertThat(row.architecture()).isEqualTo("x86_64");
        assertThat(row.cores()).isEqualTo(1);
        assertThat(row.cacheBytes()).isEqualTo(32L << 20);
        assertThat(row.clockMaxMhz()).isEqualTo(4900);
        assertThat(row.clockMhz()).isEqualTo(2101);
        assertThat(row.throttleTotal()).isEqualTo(17);
        assertThat(row.energyJoulesTotal()).isEqualTo(1130);
        assertThat(row.powerWatts()).isEqualTo(65);
        assertThat(row.temperatureCelsius()).isNull();
    }

    @Test
    void theMeanOfSomeClocksIsNotThatOfAll() {
        now.put(TopologyReader.class, new Topology(List.of(twoCpus(0, 0))));
        now.put(ClockReader.class, Map.of(0, 1400));
        assertThat(row().clockMhz()).isNull();
        assertThat(row().logical()).extracting(LogicalCpu::clockMhz).containsExactly(1400, null);
    }

    private Cpu row() {
        List<Cpu> rows = rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<Cpu> rows() {
        return CpuRows.of(Readings.of(before, now, 2 * SECOND));
    }

    private static CpuPackage twoCpus(int id, int first) {
        return new CpuPackage(
                id,
                2,
                null,
                null,
                List.of(
                        new Logical(first, first, CoreType.STANDARD),
                        new Logical(first + 1, first + 1, CoreType.STANDARD)));
    }

    /** Of each CPU: its number, its time in programs, and its idle time. */
    private static Stat stat(int... values) {
        int cpus = values.length / 3;
        int[] ids = new int[cpus];
        long[] ticks = new long[cpus * Stat.COLUMNS];
        for (int i = 0; i < cpus; i++) {
            ids[i] = values[3 * i];
            ticks[i * Stat.COLUMNS + Stat.USER] = values[3 * i + 1];
            ticks[i * Stat.COLUMNS + Stat.IDLE] = values[3 * i + 2];
        }
        return new Stat(ids, ticks, Stat.COLUMNS);
    }
}
