package io.smi.bench;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One collection of a made-up machine with many mounts on as many disks, or as many interfaces, as a running {@code smi
 * api} does it at every tick. The mounts are folders, so statvfs is the real one; the kernel's tables are files, which
 * cost less to read than the kernel's own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"})
public class StorageBenchmark {
    /** The section. */
    @Param({"storage", "network"})
    public String include = "";

    /** How many of them the machine has. */
    @Param({"10", "200"})
    public int count;

    private Path folder = Path.of("");
    private Collector collector =
            new Collector(Readers.linux(Roots.system(), CmdlineMode.NONE), 1, Duration.ofSeconds(2));
    private Set<Section> sections = Set.of();

    /** Makes the machine. */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("smi-bench");
        StringBuilder mounts = new StringBuilder("1 1 8:0 / / rw,relatime - ext4 /dev/sda rw\n");
        StringBuilder disks = new StringBuilder("   8       0 sda 1 0 8 1 1 0 8 1 0 1 1\n");
        StringBuilder traffic = new StringBuilder("Inter-| Receive\n face |bytes\n");
        for (int i = 1; i < count; i++) {
            mounts.append("%d 1 253:%d / /mnt/volume-%d rw,relatime shared:%d - ext4 /dev/mapper/volume-%d rw%n"
                    .formatted(i + 1, i, i, i, i));
            disks.append(
                    "%4d %7d dm-%d 4811200 0 412880104 1022331 9911822 0 981220312 8833120 0 4100200 9855451 0 0 0 0 0 0%n"
                            .formatted(253, i, i));
            Files.createDirectories(folder.resolve("root/mnt/volume-" + i));
        }
        for (int i = 0; i < count; i++) {
            traffic.append("%8s: 981220319922 8812200311 0 1210 0 0 0 40012 77120033119 5510022331 0 0 0 0 0 0%n"
                    .formatted("veth" + i));
            file("sys/class/net/veth" + i + "/ifindex", i + 1 + "\n");
            file("sys/class/net/veth" + i + "/operstate", "up\n");
            file("sys/class/net/veth" + i + "/speed", "10000\n");
            file("sys/class/net/veth" + i + "/mtu", "1500\n");
            file("sys/class/net/veth" + i + "/address", "02:42:5e:1a:2b:3c\n");
        }
        file("proc/self/mountinfo", mounts.toString());
        file("proc/diskstats", disks.toString());
        file("proc/net/dev", traffic.toString());
        Roots roots = Roots.of(
                folder.resolve("proc").toFile(),
                folder.resolve("sys").toFile(),
                folder.resolve("root").toFile());
        collector = new Collector(Readers.linux(roots, CmdlineMode.NONE), 1, Duration.ofSeconds(2));
        sections = Section.parse(include);
        collector.sample(sections);
        SnapshotFrame frame = collector.collect(sections);
        List<?> rows = sections.contains(Section.STORAGE) ? frame.storage() : frame.network();
        if (!frame.errors().isEmpty() || rows == null || rows.size() != count) {
            throw new IllegalStateException(frame.errors() + " " + rows);
        }
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    /** One frame. */
    @Benchmark
    public SnapshotFrame collect() {
        return collector.collect(sections);
    }

    /** Ends the reader threads, and removes the machine. */
    @TearDown
    public void close() throws IOException {
        collector.close();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
