package io.smi.core;

import io.smi.core.kernel.Roots;
import io.smi.schema.Memory;
import io.smi.schema.MemoryBuilder;
import io.smi.schema.Network;
import io.smi.schema.Section;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A machine of two readers, one behind {@code memory[0].total_bytes} and one behind {@code network}, for tests of what uses a collector. */
public final class FakeMachine {
    private final FakeReader memory = new FakeReader();
    private final FakeReader network = new FakeReader.Second();

    /** A collector of this machine. */
    public Collector collector(long firstSeq, Duration timeout) {
        File root = new File("/nonexistent");
        Readers readers = new Readers(
                Roots.of(root, root, root),
                List.of(
                        new Source<>("meminfo", Set.of(Section.MEMORY), memory),
                        new Source<>("interfaces", Set.of(Section.NETWORK), network)),
                Map.of(Section.MEMORY, FakeMachine::memoryRows, Section.NETWORK, readings -> List.<Network>of()));
        return new Collector(readers, firstSeq, timeout);
    }

    private static List<Memory> memoryRows(Readings readings) {
        Long value = readings.get(FakeReader.class);
        return value == null
                ? List.of()
                : List.of(MemoryBuilder.builder().totalBytes(value).build());
    }

    /** What memory there is from now on. */
    public void memory(long bytes) {
        memory.gives(bytes);
    }

    /** The memory's reader hangs from now on, until the latch is counted down. */
    public CountDownLatch memoryHangs() {
        return memory.hangsThenGives(1);
    }

    /** How often the memory was read. */
    public int memoryCalls() {
        return memory.calls();
    }

    /** How often the network was read. */
    public int networkCalls() {
        return network.calls();
    }
}
