package io.smi.bench;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

/** One collection of this machine, as a running {@code smi api} does it at every tick. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"})
public class CollectBenchmark {
    /** A section, or those of a snapshot that is not told otherwise. */
    @Param({"default", "gpu", "cpu", "memory", "chassis", "process", "storage", "network"})
    public String include = "";

    private final Collector collector =
            new Collector(Readers.linux(Roots.system(), CmdlineMode.REDACTED), 1, Duration.ofSeconds(2));
    private Set<Section> sections = Set.of();

    /** Static facts are read before the clock runs. */
    @Setup
    public void prepare() {
        sections = include.equals("default") ? Section.DEFAULTS : Section.parse(include);
        collector.sample(sections);
    }

    /** One frame. */
    @Benchmark
    public SnapshotFrame collect() {
        return collector.collect(sections);
    }

    /** Ends the reader threads. */
    @TearDown
    public void close() {
        collector.close();
    }
}
