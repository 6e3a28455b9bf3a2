package io.smi.core.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.Span;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.GpuUse;
import io.smi.core.kernel.FileTree;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A machine of {@link FakeMachines} with the bus that its GPUs hang on, and a clock to turn. */
final class TestMachine {
    private final FakeNvml nvml;
    private final FileTree tree;
    private final AtomicLong clock = new AtomicLong(1);
    private final NvidiaReader gpus;
    private final NvidiaProcessReader processes;
    private final List<Absent> absent = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private NvidiaReader.@Nullable Reading before;
    private long readAt;

    /** One with GPUs at these addresses; without any, the bus may hide some. */
    TestMachine(Path folder, FakeNvml nvml, boolean live, String... addresses) {
        this(new FileTree(folder).folder("proc"), nvml, live, addresses.length == 0);
        for (String address : addresses) {
            file(address, "class", "0x030200");
            file(address, "vendor", "0x10de");
            file(address, "power/runtime_status", "active");
            file(address, "power/control", "on");
        }
    }

    private TestMachine(FileTree tree, FakeNvml nvml, boolean live, boolean own) {
        this.nvml = nvml;
        this.tree = tree;
        Bus bus = new Bus(tree.roots(), own);
        Nvidia nvidia = new Nvidia(tree.roots(), bus, nvml, live, clock::get);
        this.gpus = nvidia.gpus();
        this.processes = nvidia.processes();
    }

    static TestMachine of(Path folder, FakeNvml nvml, boolean live) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < nvml.cards(); i++) {
            addresses.add(nvml.card(i).address());
        }
        return new TestMachine(folder, nvml, live, addresses.toArray(new String[0]));
    }

    /** Another one with the same bus, and everything read anew. */
    TestMachine with(FakeNvml other) {
        return new TestMachine(tree, other, false, false);
    }

    FakeNvml nvml() {
        return nvml;
    }

    FileTree tree() {
        return tree;
    }

    NvidiaReader gpuReader() {
        return gpus;
    }

    NvidiaProcessReader processReader() {
        return processes;
    }

    void file(String address, String name, String line) {
        tree.file("sys/bus/pci/devices/" + address + "/" + name, line + "\n");
    }

    void passes(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** What the last passes told of why keys are null. */
    List<Absent> absent() {
        return absent;
    }

    List<String> problems() {
        return problems;
    }

    /** The rows of one pass, with rates since the one before. */
    List<Gpu> gpus() throws IOException {
        absent.clear();
        problems.clear();
        Problems told = new Problems();
        NvidiaReader.Reading now = gpus.read(told);
        told.list().forEach(problem -> problems.add(problem.kind().label() + " " + problem.message()));
        NvidiaReader.Reading first = before;
        long nanos = clock.get() - readAt;
        before = now;
        readAt = clock.get();
        if (now == null) {
            return List.of();
        }
        Span<NvidiaReader.Reading> span = first == null || nanos <= 0 ? null : new Span<>(first, now, nanos);
        absent.addAll(now.absent());
        return gpus.accelerators(now, span).gpus();
    }

    Gpu gpu() throws IOException {
        List<Gpu> rows = gpus();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Nullable
    List<GpuUse> uses() throws IOException {
        Problems told = new Problems();
        NvidiaProcessReader.Reading now = processes.read(told);
        problems.clear();
        told.list().forEach(problem -> problems.add(problem.kind().label() + " " + problem.message()));
        return now == null ? null : processes.accelerators(now, null).uses();
    }
}
