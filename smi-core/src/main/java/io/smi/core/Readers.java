package io.smi.core;

import io.smi.core.amd.AmdgpuReader;
import io.smi.core.chassis.ChassisRows;
import io.smi.core.chassis.ContainerReader;
import io.smi.core.chassis.DmiReader;
import io.smi.core.chassis.KernelReader;
import io.smi.core.chassis.LoadReader;
import io.smi.core.chassis.PowerSupplyReader;
import io.smi.core.chassis.PressureReader;
import io.smi.core.chassis.UptimeReader;
import io.smi.core.chassis.VirtualizationReader;
import io.smi.core.cpu.ClockReader;
import io.smi.core.cpu.CpuRows;
import io.smi.core.cpu.CpuinfoReader;
import io.smi.core.cpu.StatReader;
import io.smi.core.cpu.ThrottleReader;
import io.smi.core.cpu.TopologyReader;
import io.smi.core.drm.DrmGpuReader;
import io.smi.core.drm.DrmProcessReader;
import io.smi.core.furiosa.FuriosaReader;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.GpuRows;
import io.smi.core.gpu.GpuUses;
import io.smi.core.gpu.PciGpuReader;
import io.smi.core.habana.HabanaReader;
import io.smi.core.hwmon.HwmonReader;
import io.smi.core.intel.IntelGpuReader;
import io.smi.core.intel.IntelNpuReader;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.core.memory.CgroupMemoryReader;
import io.smi.core.memory.EdacReader;
import io.smi.core.memory.MeminfoReader;
import io.smi.core.memory.MemoryRows;
import io.smi.core.network.InterfaceReader;
import io.smi.core.network.NetworkRows;
import io.smi.core.network.TrafficReader;
import io.smi.core.nvidia.Nvidia;
import io.smi.core.oshi.Oshi;
import io.smi.core.oshi.OshiChassisReader;
import io.smi.core.oshi.OshiCpuReader;
import io.smi.core.oshi.OshiGpuReader;
import io.smi.core.oshi.OshiMemoryReader;
import io.smi.core.oshi.OshiNetworkReader;
import io.smi.core.oshi.OshiProcessReader;
import io.smi.core.oshi.OshiStorageReader;
import io.smi.core.process.CmdlineMode;
import io.smi.core.process.ProcessReader;
import io.smi.core.process.ProcessRows;
import io.smi.core.rapl.RaplReader;
import io.smi.core.rebellions.RebellionsReader;
import io.smi.core.rockchip.RockchipReader;
import io.smi.core.storage.DiskstatsReader;
import io.smi.core.storage.FileSystems;
import io.smi.core.storage.MountReader;
import io.smi.core.storage.StorageRows;
import io.smi.core.tegra.ModulePowerReader;
import io.smi.core.tegra.TegraReader;
import io.smi.core.tenstorrent.TenstorrentReader;
import io.smi.core.tpu.TpuReader;
import io.smi.schema.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The list of what is read: one line per reader, in the order of the rows they give. A new reader is a new line here,
 * and its class: see {@code docs/adding-a-reader.md}.
 */
public final class Readers {
    /** Of a board that is described by a device tree; other machines can have an empty one. */
    private static final String TREE = "firmware/devicetree/base/compatible";

    private final Supplier<String> hostname;
    private final List<Source<?>> sources;
    private final Map<Section, Function<Readings, ? extends List<?>>> rows;

    Readers(Roots roots, List<Source<?>> sources, Map<Section, Function<Readings, ? extends List<?>>> rows) {
        this(hostname(roots.proc().file("sys/kernel/hostname")), sources, rows);
    }

    private Readers(
            Supplier<String> hostname,
            List<Source<?>> sources,
            Map<Section, Function<Readings, ? extends List<?>>> rows) {
        this.hostname = hostname;
        this.sources = List.copyOf(sources);
        this.rows = new TreeMap<>(rows);
    }

    /**
     * The readers of a Linux machine, for a frame or a few.
     *
     * @param cmdline how much of the processes' command lines is told
     */
    public static Readers linux(Roots roots, CmdlineMode cmdline) {
        return linux(roots, cmdline, () -> MountReader.system());
    }

    /** Like {@link #linux(Roots, CmdlineMode)}, for a program that stays: see {@link Nvidia}. */
    public static Readers live(Roots roots, CmdlineMode cmdline) {
        return linux(
                roots, cmdline, new Nvidia(roots, System.getenv("LD_LIBRARY_PATH"), true), () -> MountReader.system());
    }

    /** Like {@link #linux(Roots, CmdlineMode)}, with file systems of a test. */
    static Readers linux(Roots roots, CmdlineMode cmdline, Supplier<FileSystems> fileSystems) {
        return linux(roots, cmdline, new Nvidia(roots, System.getenv("LD_LIBRARY_PATH"), false), fileSystems);
    }

    private static Readers linux(Roots roots, CmdlineMode cmdline, Nvidia nvidia, Supplier<FileSystems> fileSystems) {
        List<Source<?>> sources = sources(roots, cmdline, nvidia, fileSystems);
        return new Readers(
                roots,
                sources,
                Map.of( //
                        Section.GPU, readings -> GpuRows.of(accelerators(Section.GPU, sources, readings)),
                        Section.CPU, CpuRows::of,
                        Section.MEMORY, MemoryRows::of,
                        Section.CHASSIS, ChassisRows::of,
                        Section.PROCESS,
                                readings -> ProcessRows.of(
                                        readings, GpuUses.of(accelerators(Section.PROCESS, sources, readings))),
                        Section.STORAGE, readings -> StorageRows.of(readings),
                        Section.NETWORK, readings -> NetworkRows.of(readings)));
    }

    private static List<Source<?>> sources(
            Roots roots, CmdlineMode cmdline, Nvidia nvidia, Supplier<FileSystems> fileSystems) {
        String path = System.getenv("PATH");
        KernelFiles sys = roots.sys();
        KernelFiles root = roots.root();
        return List.of( //
                source("nvidia", nvidia.gpus(), Section.GPU),
                source("nvidia-processes", nvidia.processes(), Section.PROCESS),
                source("tegra", Section.GPU, has(sys, TREE), () -> new TegraReader(roots)),
                source("amdgpu", Section.GPU, drives(sys, "amdgpu"), () -> new AmdgpuReader(roots)),
                source("intel-gpu", Section.GPU, drives(sys, "i915", "xe"), () -> new IntelGpuReader(roots)),
                source("intel-npu", Section.GPU, drives(sys, "intel_vpu"), () -> new IntelNpuReader(roots)),
                source("habana", Section.GPU, drives(sys, "habanalabs"), () -> new HabanaReader(roots, path)),
                source("furiosa", Section.GPU, has(root, "dev/rngd"), () -> new FuriosaReader(roots, path)),
                source(
                        "rebellions",
                        Section.GPU,
                        () -> root.exists("dev/rbln0") || sys.exists("module/rebellions"),
                        () -> new RebellionsReader(roots, path)),
                source("tenstorrent", Section.GPU, has(sys, "class/tenstorrent"), () -> new TenstorrentReader(roots)),
                source(
                        "tpu",
                        Section.GPU,
                        () -> root.exists("dev/accel0") || root.numbers("dev/vfio").length > 0,
                        () -> new TpuReader(roots)),
                source("rockchip", Section.GPU, has(sys, TREE), () -> new RockchipReader(roots)),
                source("pci-gpu", new PciGpuReader(roots), Section.GPU),
                source("drm", Section.GPU, has(sys, "class/drm"), () -> new DrmGpuReader(roots)),
                source("drm-process", Section.PROCESS, has(sys, "class/drm"), () -> new DrmProcessReader(roots)),
                source("stat", new StatReader(roots), Section.CPU),
                source("topology", new TopologyReader(roots), Section.CPU),
                source("cpuinfo", new CpuinfoReader(roots), Section.CPU),
                source("clocks", new ClockReader(roots), Section.CPU),
                source("throttle", new ThrottleReader(roots), Section.CPU),
                source("rapl", new RaplReader(roots), Section.CPU, Section.CHASSIS),
                source("hwmon", new HwmonReader(roots), Section.CPU, Section.CHASSIS, Section.STORAGE),
                source("meminfo", new MeminfoReader(roots), Section.MEMORY, Section.PROCESS),
                source("cgroup-memory", new CgroupMemoryReader(roots), Section.MEMORY),
                source("edac", new EdacReader(roots), Section.MEMORY),
                source("dmi", new DmiReader(roots), Section.CHASSIS),
                source("kernel", new KernelReader(roots), Section.CHASSIS),
                source("virtualization", new VirtualizationReader(roots), Section.CHASSIS),
                source("container", new ContainerReader(roots), Section.CHASSIS),
                source("uptime", new UptimeReader(roots), Section.CHASSIS),
                source("load", new LoadReader(roots), Section.CHASSIS),
                source("pressure", new PressureReader(roots), Section.CHASSIS),
                source(
                        "module-power",
                        Section.CHASSIS,
                        has(sys, "bus/i2c/drivers/ina3221", "bus/i2c/drivers/ina3221x"),
                        () -> new ModulePowerReader(roots)),
                source("power-supply", new PowerSupplyReader(roots), Section.CHASSIS),
                source("process", new ProcessReader(roots, cmdline), Section.PROCESS),
                source("mounts", Section.STORAGE, () -> new MountReader(roots, fileSystems.get())),
                source("diskstats", Section.STORAGE, () -> new DiskstatsReader(roots)),
                source("interfaces", Section.NETWORK, () -> new InterfaceReader(roots)),
                source("traffic", Section.NETWORK, () -> new TrafficReader(roots)));
    }

    /**
     * The readers of macOS and Windows, by OSHI; on Linux a second opinion, for which child processes are started.
     *
     * @param cmdline how much of the processes' command lines is told
     */
    public static Readers oshi(CmdlineMode cmdline) {
        Oshi oshi = new Oshi(cmdline);
        List<Source<?>> sources = List.of( //
                source("oshi-gpu", Section.GPU, oshi::gpus),
                source("oshi-cpu", Section.CPU, oshi::cpus),
                source("oshi-memory", Section.MEMORY, oshi::memory),
                source("oshi-chassis", Section.CHASSIS, oshi::chassis),
                source("oshi-process", Section.PROCESS, oshi::processes),
                source("oshi-storage", Section.STORAGE, oshi::storage),
                source("oshi-network", Section.NETWORK, oshi::network));
        return new Readers(
                oshi::hostname,
                sources,
                Map.of( //
                        Section.GPU, OshiGpuReader::rows,
                        Section.CPU, OshiCpuReader::rows,
                        Section.MEMORY, OshiMemoryReader::rows,
                        Section.CHASSIS, OshiChassisReader::rows,
                        Section.PROCESS, OshiProcessReader::rows,
                        Section.STORAGE, OshiStorageReader::rows,
                        Section.NETWORK, OshiNetworkReader::rows));
    }

    private static <T> Source<T> source(String name, Reader<T> reader, Section first, Section... others) {
        Set<Section> sections = new TreeSet<>(List.of(others));
        sections.add(first);
        return new Source<>(name, sections, reader);
    }

    /** One of a section that is rarely asked for. */
    private static Source<?> source(String name, Section section, Supplier<? extends Reader<?>> maker) {
        return source(name, section, () -> true, maker);
    }

    /** One of what few machines have. */
    private static Source<?> source(
            String name, Section section, BooleanSupplier present, Supplier<? extends Reader<?>> maker) {
        return new Source<Object>(name, Set.of(section), present, maker);
    }

    /** Whether one of these is there. */
    private static BooleanSupplier has(KernelFiles files, String... paths) {
        return () -> {
            for (String path : paths) {
                if (files.exists(path)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Whether one of these drivers of PCI devices is loaded. */
    private static BooleanSupplier drives(KernelFiles sys, String... drivers) {
        String[] paths = drivers.clone();
        Arrays.setAll(paths, i -> "bus/pci/drivers/" + drivers[i]);
        return has(sys, paths);
    }

    List<Source<?>> sources() {
        return sources;
    }

    /** One alone, without the collector that gives it its thread: to see what it costs. */
    public Reader<?> reader(String name) {
        for (Source<?> source : sources) {
            if (source.name().equals(name)) {
                return source.reader();
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** The rows of a section; none where there is no function to work them out. */
    List<?> rows(Section section, Readings readings) {
        Function<Readings, ? extends List<?>> function = rows.get(section);
        return function == null ? List.of() : function.apply(readings);
    }

    /** What a section's readers of accelerators say, in the order of their lines. */
    private static List<Accelerators> accelerators(Section section, List<Source<?>> sources, Readings readings) {
        List<Accelerators> said = new ArrayList<>();
        for (Source<?> source : sources) {
            if (source.sections().contains(section) && source.made() instanceof AcceleratorReader<?> reader) {
                Accelerators one = readings.accelerators(reader);
                if (one != null) {
                    said.add(one);
                }
            }
        }
        return said;
    }

    /** Why keys of accelerators are null. */
    List<Absent> absent(Readings readings) {
        List<Absent> absent = new ArrayList<>();
        for (Section section : List.of(Section.GPU, Section.PROCESS)) {
            for (Accelerators one : accelerators(section, sources, readings)) {
                absent.addAll(one.absent());
            }
        }
        return absent;
    }

    private static Supplier<String> hostname(KernelFile file) {
        return () -> {
            String name = KernelFiles.text(file, new Problems());
            return name == null ? "localhost" : name;
        };
    }

    /** The machine's name: on Linux {@code /proc/sys/kernel/hostname}, else localhost. */
    public String hostname() {
        return hostname.get();
    }
}
