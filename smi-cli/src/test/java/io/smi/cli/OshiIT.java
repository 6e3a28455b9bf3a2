package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.schema.Cpu;
import io.smi.schema.FrameDecoder;
import io.smi.schema.LogicalCpu;
import io.smi.schema.Memory;
import io.smi.schema.Network;
import io.smi.schema.ProcessInfo;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * This machine as OSHI tells it, between two frames of our own readers: what both tell is the same, or lies between or near.
 * What does not is listed in {@code docs/hardware.md}.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OshiIT {
    private SnapshotFrame before;
    private SnapshotFrame oshi;
    private SnapshotFrame after;

    @BeforeAll
    void read() throws Exception {
        before = frame("linux");
        oshi = frame("oshi");
        after = frame("linux");
    }

    private static SnapshotFrame frame(String reader) throws Exception {
        return frame(reader, "gpu,cpu,memory,chassis,process,storage,network");
    }

    private static SnapshotFrame frame(String reader, String include) throws Exception {
        Outcome outcome = Program.run(
                Map.of(),
                Program.HOME.resolve("bin/smi").toString(),
                "snapshot",
                "--json",
                "--timeout=20s",
                "--reader=" + reader,
                "--include=" + include);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        return FrameDecoder.decode(outcome.out().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingFails() {
        assertThat(oshi.errors()).isEmpty();
        assertThat(oshi.hostname()).isEqualTo(before.hostname());
        assertThat(oshi.gpus()).isNotNull();
    }

    @Test
    void processorsAreTheSame() {
        List<Cpu> mine = Objects.requireNonNull(before.cpus());
        List<Cpu> theirs = Objects.requireNonNull(oshi.cpus());
        assertThat(theirs).hasSameSizeAs(mine);
        for (int i = 0; i < mine.size(); i++) {
            Cpu my = mine.get(i);
            Cpu their = theirs.get(i);
            assertThat(their.packageId()).isEqualTo(my.packageId());
            assertThat(their.model()).isEqualTo(my.model());
            assertThat(their.vendor()).isEqualTo(my.vendor());
            assertThat(their.architecture()).isEqualTo(my.architecture());
            assertThat(their.cores()).isEqualTo(my.cores());
            assertThat(their.threads()).isEqualTo(my.threads());
            assertThat(ids(their)).isEqualTo(ids(my));
            assertThat(their.utilizationPercent()).isBetween(0.0, 100.0);
        }
    }

    /** Its two samples are a window apart, which is shorter than OSHI would keep an answer. */
    @Test
    void processorsAloneHaveALoad() throws Exception {
        assertThat(frame("oshi", "cpu").cpus())
                .isNotEmpty()
                .allSatisfy(cpu -> assertThat(cpu.utilizationPercent()).isNotNull());
    }

    private static List<Integer> ids(Cpu cpu) {
        return Objects.requireNonNull(cpu.logical()).stream()
                .map(LogicalCpu::id)
                .toList();
    }

    @Test
    void memoryIsTheSame() {
        Memory mine = Objects.requireNonNull(before.memory()).getFirst();
        Memory theirs = Objects.requireNonNull(oshi.memory()).getFirst();
        assertThat(theirs.totalBytes()).isEqualTo(mine.totalBytes());
        assertThat(theirs.swapTotalBytes()).isEqualTo(mine.swapTotalBytes());
        long total = Objects.requireNonNull(mine.totalBytes());
        assertThat(theirs.availableBytes())
                .as("other programs come and go")
                .isCloseTo(mine.availableBytes(), within(total / 2));
    }

    @Test
    void theMachineIsTheSame() {
        var mine = Objects.requireNonNull(before.chassis()).getFirst();
        var later = Objects.requireNonNull(after.chassis()).getFirst();
        var theirs = Objects.requireNonNull(oshi.chassis()).getFirst();
        assertThat(theirs.kernel()).isEqualTo(mine.kernel());
        assertThat(theirs.uptimeSeconds())
                .isBetween(
                        Objects.requireNonNull(mine.uptimeSeconds()) - 1,
                        Objects.requireNonNull(later.uptimeSeconds()) + 1);
        assertThat(theirs.loadAverage()).isNotNull();
    }

    @Test
    void processesAreTheSame() {
        Map<Integer, ProcessInfo> mine = byKey(before.processes(), ProcessInfo::pid);
        Map<Integer, ProcessInfo> later = byKey(after.processes(), ProcessInfo::pid);
        int compared = 0;
        for (ProcessInfo their : Objects.requireNonNull(oshi.processes())) {
            ProcessInfo my = mine.get(their.pid());
            ProcessInfo end = later.get(their.pid());
            if (my != null && end != null && Objects.equals(my.startTime(), end.startTime())) {
                compared++;
                assertThat(their.ppid() == null ? Integer.valueOf(0) : their.ppid())
                        .isEqualTo(my.ppid());
                assertThat(their.user()).isEqualTo(my.user());
                assertThat(start(their)).isCloseTo(start(my), Assertions.within(Duration.ofSeconds(2)));
                assertThat(their.cpuSecondsTotal())
                        .isBetween(
                                Objects.requireNonNull(my.cpuSecondsTotal()) - 0.02,
                                Objects.requireNonNull(end.cpuSecondsTotal()) + 0.02);
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    private static Instant start(ProcessInfo process) {
        return Objects.requireNonNull(process.startTime());
    }

    @Test
    void fileSystemsAreTheSame() {
        Map<String, Storage> mine = byKey(before.storage(), Storage::mountPoint);
        int compared = 0;
        for (Storage their : Objects.requireNonNull(oshi.storage())) {
            Storage my = mine.get(their.mountPoint());
            if (my != null) {
                compared++;
                assertThat(their.fsType()).isEqualTo(my.fsType());
                assertThat(their.readOnly()).isEqualTo(my.readOnly());
                assertThat(their.totalBytes()).isEqualTo(my.totalBytes());
                assertThat(their.inodesTotal()).isEqualTo(my.inodesTotal());
            }
        }
        assertThat(compared).isPositive();
    }

    @Test
    void interfacesAreTheSame() {
        Map<String, Network> mine = byKey(before.network(), Network::name);
        Map<String, Network> later = byKey(after.network(), Network::name);
        Map<String, Network> theirs = byKey(oshi.network(), Network::name);
        assertThat(theirs.keySet()).isNotEmpty().isSubsetOf(mine.keySet());
        theirs.forEach((name, their) -> {
            Network my = Objects.requireNonNull(mine.get(name));
            Network end = Objects.requireNonNull(later.get(name));
            assertThat(their.mac()).isEqualTo(my.mac());
            assertThat(their.mtu()).isEqualTo(my.mtu());
            assertThat(their.rxBytesTotal())
                    .isBetween(Objects.requireNonNull(my.rxBytesTotal()), Objects.requireNonNull(end.rxBytesTotal()));
            assertThat(their.txBytesTotal())
                    .isBetween(Objects.requireNonNull(my.txBytesTotal()), Objects.requireNonNull(end.txBytesTotal()));
        });
    }

    private static <K, R> Map<K, R> byKey(@Nullable List<R> rows, Function<R, K> key) {
        Map<K, R> map = new HashMap<>();
        Objects.requireNonNull(rows).forEach(row -> map.put(key.apply(row), row));
        return map;
    }
}
