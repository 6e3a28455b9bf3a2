package io.smi.server;

import io.smi.core.Collector;
import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.live.Feed;
import io.smi.core.live.Sampler;
import io.smi.core.process.CmdlineMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A machine of a few files, read by the real readers. Its file of load averages can hang. */
public final class TestMachine implements AutoCloseable {
    private static final String LOAD = "proc/loadavg";
    private static final String LOADS = "0.64 0.51 0.44 3/180 204418\n";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Path root;
    private boolean hangs;

    /** A machine with one CPU and without GPUs and processes, of files in this folder. */
    public TestMachine(Path folder) {
        root = folder;
        write("proc/stat", "cpu  9 0 9 9 0 0 0 0 0 0\ncpu0 9 0 9 9 0 0 0 0 0 0\nintr 9 9\nctxt 9\nbtime 1763024262\n");
        write("proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Test CPU\n");
        write("proc/meminfo", "MemTotal: 3915304 kB\nMemFree: 188204 kB\nMemAvailable: 1804420 kB\n");
        write("proc/sys/kernel/hostname", "test-machine\n");
        write("proc/sys/kernel/osrelease", "6.12.48\n");
        write("proc/uptime", "4201337.84 8045665.13\n");
        write("proc/self/limits", "Limit\nMax open files            6000                 6000                 files\n");
        write(LOAD, LOADS);
        write("sys/devices/system/cpu/online", "0\n");
        write("root/etc/passwd", "root:x:0:0::/:/bin/sh\n");
    }

    /** Adds GPUs, {@link #gpu} by its number each; call it before the machine is read. */
    public TestMachine gpus(int count) {
        for (int gpu = 0; gpu < count; gpu++) {
            String folder = "sys/bus/pci/devices/" + gpu(gpu);
            write(folder + "/class", "0x030200\n");
            write(folder + "/vendor", "0x10de\n");
            write(folder + "/power/runtime_status", "active\n");
        }
        return this;
    }

    /** The identity of a GPU. */
    public static String gpu(int number) {
        return String.format(Locale.ROOT, "0000:%02x:00.0", number);
    }

    /** Puts a GPU to sleep. */
    public void sleeps(int gpu) {
        write("sys/bus/pci/devices/" + gpu(gpu) + "/power/runtime_status", "suspended\n");
    }

    /** Adds processes. */
    public TestMachine processes(int count) {
        for (int pid = 1; pid <= count; pid++) {
            String folder = "proc/" + pid;
            write(
                    folder + "/stat",
                    pid + " (p" + pid + ") S 1 1 1 0 -1 0 0 0 0 0 7 0 0 0 20 0 2 0 " + pid + " 4096000 240 1 1 1 0\n");
            write(folder + "/statm", "1000 250 100 5 0 123 0\n");
            write(folder + "/status", "Name:\tp" + pid + "\nUid:\t0\t0\t0\t0\n");
            write(folder + "/io", "read_bytes: 4096\nwrite_bytes: 8192\n");
            write(folder + "/cgroup", "0::/user.slice\n");
            write(folder + "/cmdline", "p" + pid + "\0");
        }
        return this;
    }

    /** From now on whoever opens the load averages waits until {@link #recovers}. */
    public void hangs() throws IOException {
        Files.delete(root.resolve(LOAD));
        try {
            Process mkfifo = new ProcessBuilder("mkfifo", root.resolve(LOAD).toString())
                    .inheritIO()
                    .start();
            if (!mkfifo.waitFor(1, TimeUnit.MINUTES) || mkfifo.exitValue() != 0) {
                throw new IOException("mkfifo has failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        hangs = true;
    }

    /** Lets go of whoever waits; somebody must. */
    public void recovers() throws IOException {
        try (FileChannel pipe = FileChannel.open(root.resolve(LOAD), StandardOpenOption.WRITE)) {
            hangs = false;
            Files.delete(root.resolve(LOAD));
            write(LOAD, LOADS);
            pipe.write(StandardCharsets.US_ASCII.encode(LOADS));
        }
    }

    /** What reads it. */
    private Collector collector(long firstSeq) {
        Roots roots = Roots.of(
                root.resolve("proc").toFile(),
                root.resolve("sys").toFile(),
                root.resolve("root").toFile());
        return new Collector(Readers.linux(roots, CmdlineMode.REDACTED), firstSeq, TIMEOUT);
    }

    /** It, read at this interval. */
    public Feed.Factory feed(Duration interval) {
        return (first, demand, publish, died) -> new Sampler(collector(first), interval, demand, publish, died);
    }

    /** How many of its files this process has open. */
    public long openFiles() {
        long open = 0;
        for (Path file : list(Path.of("/proc/self/fd"))) {
            try {
                open += Files.readSymbolicLink(file).startsWith(root) ? 1 : 0;
            } catch (IOException e) {
                // closed meanwhile
            }
        }
        return open;
    }

    private static Iterable<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (hangs) {
            recovers();
        }
    }
}
