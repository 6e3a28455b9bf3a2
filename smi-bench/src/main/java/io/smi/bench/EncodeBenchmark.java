package io.smi.bench;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameFormatException;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A default frame of this machine to JSON and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
public class EncodeBenchmark {
    private final SnapshotFrame frame = frame();
    private final EncodedFrame encoded = EncodedFrame.of(frame);

    private static SnapshotFrame frame() {
        try (Collector collector =
                new Collector(Readers.linux(Roots.system(), CmdlineMode.REDACTED), 1, Duration.ofSeconds(2))) {
            collector.sample(Section.DEFAULTS);
            return collector.collect(Section.DEFAULTS);
        }
    }

    /** The whole frame. */
    @Benchmark
    public EncodedFrame encode() {
        return EncodedFrame.of(frame);
    }

    /** A subset, out of the bytes of the whole. */
    @Benchmark
    public byte[] slice() {
        return encoded.bytes(Set.of(Section.CPU, Section.MEMORY));
    }

    /** And back. */
    @Benchmark
    public SnapshotFrame decode() throws FrameFormatException {
        return FrameDecoder.decode(encoded.bytes());
    }
}
