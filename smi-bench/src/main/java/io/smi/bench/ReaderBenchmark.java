package io.smi.bench;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** One reader alone in steady state: what it read once stays known, what it reads again stays open. See readers.py. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"})
public class ReaderBenchmark {
    /** Its name in {@link Readers}. */
    @Param("stat")
    public String reader = "";

    /** A folder with another machine's {@code proc}, {@code sys} and {@code root}; empty for this machine. */
    @Param("")
    public String machine = "";

    private Reader<?> alone = problems -> null;

    /** Reads what is read once. */
    @Setup
    public void prepare() throws IOException {
        File folder = new File(machine);
        Roots roots = machine.isEmpty()
                ? Roots.system()
                : Roots.of(new File(folder, "proc"), new File(folder, "sys"), new File(folder, "root"));
        alone = Readers.linux(roots, CmdlineMode.REDACTED).reader(reader);
        if (alone.read(new Problems()) == null) {
            throw new IllegalStateException("this machine has nothing for " + reader);
        }
    }

    /** One reading. */
    @Benchmark
    public @Nullable Object read() throws IOException {
        return alone.read(new Problems());
    }

    /** Ends its threads, if it has any. */
    @TearDown
    public void close() {
        alone.release();
    }
}
